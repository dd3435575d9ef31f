import { useState } from 'react';
import { plainText } from '../../../shared/text/plain-text.ts';
import { type OwnerFile, ownerFileKinds } from '../../../shared/types/device.ts';
import { chooseFiles } from '../../state/offer.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { type PickItem, PickList } from '../../ui/PickList.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { fileKinds, filesText } from './offer-words.ts';
import { TakeFoot } from './TakeFoot.tsx';

const longestName = 300;

function item(file: OwnerFile): PickItem {
  const cut = file.path.lastIndexOf('/') + 1;
  // A name of the phone’s is shown so that nothing in it can hide or turn around; what is asked for is the name as it is.
  const name = plainText(file.path.slice(cut), longestName);
  const folder = plainText(file.path.slice(0, cut), longestName);
  return {
    key: file.path,
    text: `${name}, ${file.kind}`,
    cells: (
      <>
        <span className="pick-words">
          <span className="cut" dir="auto" title={name}>
            {name}
          </span>
          <span className="cut faint" dir="ltr" title={folder}>
            {folder}
          </span>
        </span>
        <span className="chip">{file.kind}</span>
        <span className="pick-side number files-size">
          <Amount bytes={file.bytes} />
        </span>
        <span className="pick-side number files-when">
          <Moment iso={file.modified} />
        </span>
      </>
    ),
  };
}

/** The files that the phone’s owner made: what each kind is, and which of them are taken. */
export function FilesDialog({
  files,
  chosen,
  onClose,
}: {
  files: readonly OwnerFile[];
  chosen: ReadonlySet<string>;
  onClose: () => void;
}) {
  const [picked, setPicked] = useState(chosen);
  const [kind, setKind] = useState<OwnerFile['kind'] | 'all'>('all');
  const kinds = ownerFileKinds.filter((one) => files.some((file) => file.kind === one));
  const shown = kind === 'all' ? files : files.filter((file) => file.kind === kind);
  const ordered = [...shown].sort((a, b) => (b.modified ?? '').localeCompare(a.modified ?? ''));
  return (
    <DialogBox
      title="Files that the owner made"
      width="wide"
      onClose={onClose}
      foot={
        <TakeFoot
          note={filesText(files, picked)}
          picked={picked.size}
          one="file"
          many="files"
          onTake={() => chooseFiles(picked)}
          onClose={onClose}
        />
      }
    >
      <p className="quiet">
        Each is read as it lies on the phone and kept with its hash; nothing on the phone is moved or deleted. Take only
        what the authority to examine covers.
      </p>
      {kinds.length > 1 ? (
        <div>
          <Segments
            label="Kind of file"
            value={kind}
            onChange={setKind}
            options={[
              { key: 'all' as const, text: `All ${files.length}` },
              ...kinds.map((one) => ({
                key: one,
                text: `${fileKinds[one].title} ${files.filter((file) => file.kind === one).length}`,
              })),
            ]}
          />
        </div>
      ) : null}
      <PickList
        label="Files that the owner made"
        items={ordered.map(item)}
        chosen={picked}
        onChoose={setPicked}
        empty="The phone has no such file."
        row={3}
      />
      <p className="field-help">
        {kind === 'all' ? 'Space ticks, arrows move, Ctrl+A ticks all that are shown.' : fileKinds[kind].words}
      </p>
    </DialogBox>
  );
}
