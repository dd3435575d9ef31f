import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { DatabaseView } from '../../../shared/types/database.ts';
import type { SourceView } from '../../../shared/types/destination.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { useLoad } from '../../state/use-load.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { PathField } from '../files/PathField.tsx';
import { DatabaseTable } from './DatabaseTable.tsx';

interface DatabasesDialogProps {
  /** Those that spoke of this case. */
  readonly sources: readonly SourceView[];
  readonly onClose: () => void;
}

/** The databases of this machine: those of the program, and those that the examiner imported. */
export function DatabasesDialog({ sources, onClose }: DatabasesDialogProps) {
  const asked = useLoad('databases', () => bridge().client.databases.list(null));
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(work: () => Promise<string>): Promise<void> {
    setBusy(true);
    setSaid(null);
    setFailure(null);
    try {
      setSaid(await work());
      asked.again();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  }
  const add = () =>
    run(async () => {
      const { title, date } = await bridge().client.databases.add({ path: path.trim() });
      setPath('');
      return `${title} of ${date} is imported.`;
    });
  const remove = (one: DatabaseView) =>
    run(async () => {
      await bridge().client.databases.remove({ id: one.id });
      return `${one.title} of ${one.date} is removed from this machine.`;
    });

  return (
    <DialogBox
      title="Databases and lists"
      width="wide"
      onClose={onClose}
      foot={<Button onPress={onClose}>Done</Button>}
    >
      <p>
        Places, operators, owners and services are looked up on this machine alone; nothing is asked on a network. The
        case records which of these said what, with its date and hash: a file that is imported here speaks in cases that
        are filled from now on, and in this one once its evidence is read again (Evidence, Rebuild), which labels
        everything anew. A removed one speaks no more; what a case recorded of it stays until that case is rebuilt.
      </p>
      {said === null ? null : <Box tone="good" title={said} live />}
      {failure === null ? null : <FailureBox failure={failure} />}
      {asked.failure === null ? null : <FailureBox failure={asked.failure} onAgain={asked.again} />}
      <section className="db-add" aria-label="Import a database">
        <PathField
          label="Import a newer or older database"
          value={path}
          onChange={setPath}
          choose="file"
          placeholder="dbip-country-lite-2024-10.mmdb, ip-ranges.json"
          help="A database of places or networks (.mmdb), or the list of regions of AWS (ip-ranges.json), on the machine that the program runs on. Only read."
        />
        <Button
          look="primary"
          icon={<Plus className="icon" />}
          isDisabled={busy || path.trim() === ''}
          onPress={() => void add()}
        >
          {busy ? 'Working' : 'Import'}
        </Button>
      </section>
      <DatabaseTable
        list={asked.data ?? []}
        spoke={new Set(sources.map(({ sha256 }) => sha256))}
        busy={busy}
        onRemove={(one) => void remove(one)}
      />
    </DialogBox>
  );
}
