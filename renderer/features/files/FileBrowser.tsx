import { ArrowUp, BriefcaseBusiness, File, Folder, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { GridList, GridListItem, type Selection } from 'react-aria-components';
import { humanBytes } from '../../../shared/base/bytes.ts';
import type { FolderView } from '../../../shared/types/case.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import './files.css';

type Kind = FolderView['entries'][number]['kind'];
const signs: Readonly<Record<Kind, LucideIcon>> = { folder: Folder, case: BriefcaseBusiness, file: File };

interface FileBrowserProps {
  readonly title: string;
  /** `folder`: choose where something goes. `case`: choose a case. `file`: choose one. `files`: choose files and folders to take. */
  readonly choose: 'folder' | 'case' | 'file' | 'files';
  readonly action: string;
  /** Where to begin; null: the engine's own folder for cases. */
  readonly start: string | null;
  readonly onDone: (paths: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Looks through the folders of the machine that the engine runs on. The same in Electron and in a browser. */
export function FileBrowser({ title, choose, action, start, onDone, onClose }: FileBrowserProps) {
  const [path, setPath] = useState(start);
  const [good, setGood] = useState(start);
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const takesFiles = choose === 'files' || choose === 'file';
  const { data, failure, again } = useLoad(`folder ${path}`, () => bridge().client.program.folder({ path }));
  const entries = (data?.entries ?? []).filter((entry) => takesFiles || entry.kind !== 'file');

  function enter(next: string | null): void {
    if (data !== null) setGood(data.path);
    setPath(next);
    setTyped(null);
    setChosen(new Set());
  }
  function open(key: string): void {
    const entry = entries.find((one) => one.path === key);
    if (entry === undefined) return;
    if (entry.kind === 'folder' || (entry.kind === 'case' && choose === 'file')) enter(entry.path);
    else if (entry.kind === 'case' && choose === 'case') onDone([entry.path]);
    else if (entry.kind === 'file') onDone([entry.path]);
  }
  const picked = entries.filter((entry) => chosen.has(entry.path));
  const [onlyOne] = picked.length === 1 ? picked : [];
  const goesIn = choose !== 'folder' && choose !== 'files' && onlyOne !== undefined && onlyOne.kind !== choose;
  const ready = choose === 'folder' ? data !== null : choose === 'files' ? picked.length > 0 : onlyOne !== undefined;

  function finish(): void {
    if (choose === 'folder' && data) onDone([onlyOne?.kind === 'folder' ? onlyOne.path : data.path]);
    else if (goesIn) enter(onlyOne.path);
    else onDone(picked.map((entry) => entry.path));
  }

  return (
    <DialogBox
      title={title}
      width="wide"
      onClose={onClose}
      foot={
        <>
          <span className="dialog-foot-note cut">
            {choose === 'files' && picked.length > 0 ? `${picked.length} chosen` : null}
            {choose === 'folder' ? (onlyOne?.kind === 'folder' ? onlyOne.path : data?.path) : null}
          </span>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={!ready} onPress={finish}>
            {goesIn ? 'Look inside' : action}
          </Button>
        </>
      }
    >
      <form
        className="files-path"
        onSubmit={(submit) => {
          submit.preventDefault();
          // A form of the dialog that it was opened from is not meant.
          submit.stopPropagation();
          enter(typed ?? path);
        }}
      >
        <IconButton
          label="Folder above"
          icon={<ArrowUp className="icon" />}
          isDisabled={data === null || data.parent === null}
          onPress={() => enter(data?.parent ?? null)}
        />
        <input
          className="input mono"
          aria-label="Path of the folder"
          value={typed ?? data?.path ?? path ?? ''}
          spellCheck={false}
          onChange={(change) => setTyped(change.target.value)}
        />
      </form>
      {failure === null ? (
        <GridList
          className="files-list"
          aria-label="What the folder holds"
          items={entries}
          selectionMode={choose === 'files' ? 'multiple' : 'single'}
          selectionBehavior="replace"
          selectedKeys={chosen}
          onSelectionChange={(selection: Selection) =>
            setChosen(
              selection === 'all' ? new Set(entries.map((entry) => entry.path)) : new Set([...selection].map(String)),
            )
          }
          onAction={(key) => open(String(key))}
          renderEmptyState={() => (
            <p className="files-none">
              {data === null
                ? 'Reading the folder'
                : takesFiles
                  ? 'This folder is empty.'
                  : 'No folder and no case in here.'}
            </p>
          )}
        >
          {(entry) => {
            const Sign = signs[entry.kind];
            return (
              <GridListItem id={entry.path} textValue={entry.name} className="files-item">
                <Sign className={`icon files-${entry.kind}`} />
                <span className="cut">{entry.name}</span>
                <span className="faint number">
                  {entry.kind === 'case' ? 'case' : entry.bytes === null ? '' : humanBytes(entry.bytes)}
                </span>
              </GridListItem>
            );
          }}
        </GridList>
      ) : (
        <FailureBox failure={failure} onAgain={again}>
          {good === path ? null : (
            <p className="box-act">
              <Button onPress={() => enter(good)}>Back to the folder before</Button>
            </p>
          )}
        </FailureBox>
      )}
      {choose === 'files' ? (
        <p className="field-help">
          Enter opens a folder. Ctrl or Shift chooses several. A chosen folder is taken with all that is in it.
        </p>
      ) : null}
    </DialogBox>
  );
}
