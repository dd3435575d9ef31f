import { FolderOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { FileBrowser } from './FileBrowser.tsx';
import { cutPath, joinPath } from './path-text.ts';
import './files.css';

interface PathFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** `file`: one that is there. `place`: a folder is chosen and the name in the field stays. */
  readonly choose: 'file' | 'place';
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
}

/** A path on the machine that the engine runs on: typed, or looked for. */
export function PathField({ label, value, onChange, choose, help, error, placeholder, autoFocus }: PathFieldProps) {
  const [browsing, setBrowsing] = useState(false);
  const { folder, name } = cutPath(value.trim());
  return (
    <div className="path-field">
      <TextInput
        label={label}
        value={value}
        onChange={onChange}
        mono
        kind="code"
        {...(help === undefined ? {} : { help })}
        {...(error === undefined ? {} : { error })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(autoFocus === undefined ? {} : { autoFocus })}
      />
      <Button
        icon={<FolderOpen className="icon" />}
        aria-label={`${label}: look through the folders`}
        onPress={() => setBrowsing(true)}
      >
        Browse
      </Button>
      {browsing ? (
        <FileBrowser
          title={label}
          choose={choose === 'place' ? 'folder' : 'file'}
          action={choose === 'place' ? 'Write it here' : 'Take this file'}
          start={folder === '' ? null : folder}
          onClose={() => setBrowsing(false)}
          onDone={([path]) => {
            setBrowsing(false);
            if (path !== undefined) onChange(choose === 'place' ? joinPath(path, name) : path);
          }}
        />
      ) : null}
    </div>
  );
}
