import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { bytesInFull, groupedNumber } from '../../../shared/timeline/formats.ts';
import type { SavedPackets } from '../../../shared/types/event.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { askCaseAgain, useCase } from '../../state/case.ts';
import { runTask } from '../../state/tasks.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { besideCase } from '../custody/out-names.ts';
import { PathField } from '../files/PathField.tsx';
import { Working } from './Working.tsx';

interface SavePacketsProps {
  readonly caseId: string;
  readonly eventId: string;
  /** What the packets are of, for the dialog: `Save the packets of …`. */
  readonly what: string;
  /** Ending of the file: the form is that of the capture that it is cut from. */
  readonly ending: string;
}

/** Writes the packets of one event into a capture of their own, for other programs to look into. */
export function SavePackets({ caseId, eventId, what, ending }: SavePacketsProps) {
  const [asking, setAsking] = useState(false);
  const [running, setRunning] = useState(false);
  const [saved, setSaved] = useState<SavedPackets | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function save(out: string): Promise<void> {
    setRunning(true);
    setSaved(null);
    setFailure(null);
    try {
      setSaved(
        await runTask('packets', caseId, (task) =>
          bridge().client.events.savePackets({ case: caseId, task, id: eventId, out }),
        ),
      );
      // It adds a line to the custody log.
      askCaseAgain();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setRunning(false);
    }
  }

  return (
    <div className="save-packets">
      <Button icon={<Download className="icon" />} isDisabled={running} onPress={() => setAsking(true)}>
        Save these packets…
      </Button>
      {running ? <Working kind="packets" caseId={caseId} title="Saving the packets" /> : null}
      {failure === null ? null : <FailureBox failure={failure} />}
      {saved === null ? null : <Saved saved={saved} />}
      {asking ? (
        <Ask
          name={`.${eventId}${ending}`}
          what={what}
          onClose={() => setAsking(false)}
          onSave={(out) => {
            setAsking(false);
            void save(out);
          }}
        />
      ) : null}
    </div>
  );
}

interface AskProps {
  readonly name: string;
  readonly what: string;
  readonly onClose: () => void;
  readonly onSave: (out: string) => void;
}

function Ask({ name, what, onClose, onSave }: AskProps) {
  const path = useCase((state) => state.view?.path ?? '');
  const [out, setOut] = useState(besideCase(path, name));
  const fault = out.trim() === '' ? 'Name a file.' : null;
  return (
    <DialogBox
      title={`Save the packets of ${what}`}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={fault !== null} onPress={() => onSave(out.trim())}>
            Save
          </Button>
        </>
      }
    >
      <p>
        The packets are copied from the evidence as they stand there, byte for byte, with what was said in them in the
        clear. The custody log gets a line with the hash of the file.
      </p>
      <PathField
        label="File to write"
        value={out}
        onChange={setOut}
        choose="place"
        error={fault}
        help="On the machine that the program runs on. A file that is there is not written over."
        autoFocus
      />
    </DialogBox>
  );
}

function Saved({ saved }: { saved: SavedPackets }) {
  const whole = saved.packets === saved.expected;
  return (
    <Box
      tone={whole ? 'good' : 'warn'}
      live
      title={
        whole
          ? 'The packets are saved.'
          : `${groupedNumber(saved.packets)} of ${groupedNumber(saved.expected)} packets were found again and saved.`
      }
    >
      <Facts
        list={[
          ['File', <code key="f">{saved.path}</code>],
          ['Packets', groupedNumber(saved.packets)],
          ['Size', bytesInFull(saved.bytes)],
          ['SHA-256', <Hash key="h" sha256={saved.sha256} />],
        ]}
      />
    </Box>
  );
}
