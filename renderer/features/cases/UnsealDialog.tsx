import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { openCase } from '../../state/case.ts';
import { cancelTask, newestTask, runTask, useTasks } from '../../state/tasks.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { PathField } from '../files/PathField.tsx';
import { cutPath, joinPath } from '../files/path-text.ts';

/** The folder that a sealed file opens into, by its name: `/x/Redmi.phonehome.age` gives `Redmi.phonehome`. */
function folderName(file: string): string {
  const bare = cutPath(file.trim())
    .name.replace(/\.age$/i, '')
    .replace(/\.phonehome$/i, '');
  return bare === '' ? '' : `${bare}.phonehome`;
}

/** Opens a sealed case into a folder of its own, with the identity of one of its recipients. */
export function UnsealDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState('');
  const [identities, setIdentities] = useState('');
  const [typedOut, setOut] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const info = useLoad('program', () => bridge().client.program.info(null));
  const tasks = useTasks();
  const task = busy ? newestTask(tasks, 'unseal', null) : null;
  const name = folderName(file);
  const out = typedOut ?? (name === '' || info.data === null ? '' : joinPath(info.data.casesFolder, name));
  const missing = (text: string, words: string) => (tried && text.trim() === '' ? words : null);

  async function open(): Promise<void> {
    setTried(true);
    if (busy || [file, identities, out].some((text) => text.trim() === '')) return;
    setBusy(true);
    setFailure(null);
    try {
      const opened = await runTask('unseal', null, (running) =>
        bridge().client.custody.unseal({
          task: running,
          file: file.trim(),
          identities: identities.trim(),
          out: out.trim(),
        }),
      );
      await openCase(opened.path);
      onClose();
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  }

  return (
    <DialogBox
      title="Open a sealed case"
      onClose={onClose}
      foot={
        <>
          {task === null ? (
            <Button onPress={onClose}>Cancel</Button>
          ) : (
            <Button isDisabled={tasks.ending.includes(task.task)} onPress={() => void cancelTask(task.task)}>
              Cancel
            </Button>
          )}
          <Button look="primary" isDisabled={busy} onPress={() => void open()}>
            {busy ? 'Opening' : 'Open the sealed case'}
          </Button>
        </>
      }
    >
      <p className="quiet">
        What comes out is the case as it was when it was sealed, byte for byte, in a folder of its own.
      </p>
      {failure === null ? null : <FailureBox failure={failure} />}
      {task === null ? null : (
        <>
          <Progress label="Opening the sealed case" fraction={task.fraction} />
          <p className="quiet" role="status">
            {task.now}
          </p>
        </>
      )}
      <PathField
        label="Sealed file"
        value={file}
        onChange={setFile}
        choose="file"
        error={missing(file, 'Name the sealed file, which ends in .age.')}
        placeholder="case.phonehome.age"
        autoFocus
      />
      <PathField
        label="Your age identity"
        value={identities}
        onChange={setIdentities}
        choose="file"
        error={missing(identities, 'Name the file that holds your identity.')}
        help="The file that age-keygen wrote. It is only read, and nothing of it is kept."
      />
      <PathField
        label="Folder to make"
        value={out}
        onChange={setOut}
        choose="place"
        error={missing(out, 'Name the folder that is made.')}
      />
    </DialogBox>
  );
}
