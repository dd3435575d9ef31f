import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { keep, kept } from '../../bridge/page.ts';
import { go } from '../../state/address-store.ts';
import { createCase } from '../../state/case.ts';
import { importPaths } from '../../state/imports.ts';
import { endNewCase, useNewCase } from '../../state/new-case.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { EnterForm } from '../../ui/EnterForm.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { FileBrowser } from '../files/FileBrowser.tsx';
import { CaseForm } from './CaseForm.tsx';
import { type CaseDraft, emptyDraft, infoOf } from './case-draft.ts';
import { casePath, nameFault } from './case-name.ts';

export function NewCaseDialog() {
  const asked = useNewCase((state) => state.asked);
  return asked === null ? null : <Question paths={asked.paths} />;
}

function Question({ paths }: { paths: readonly string[] }) {
  const [name, setName] = useState('');
  const [chosenFolder, setFolder] = useState<string | null>(null);
  const [draft, setDraft] = useState<CaseDraft>({
    ...emptyDraft,
    examiner: kept('examiner') ?? '',
    agency: kept('agency') ?? '',
  });
  const [tried, setTried] = useState(false);
  const [browsing, setBrowsing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const info = useLoad('program', () => bridge().client.program.info(null));
  const folder = chosenFolder ?? info.data?.casesFolder ?? null;
  const fault = nameFault(name);

  async function make(): Promise<void> {
    setTried(true);
    if (fault !== null || busy) return;
    setBusy(true);
    setFailure(null);
    keep('examiner', draft.examiner || null);
    keep('agency', draft.agency || null);
    try {
      // Somebody may be faster than the answer to where cases are kept.
      const where = folder ?? (await bridge().client.program.info(null)).casesFolder;
      const made = await createCase(casePath(where, name), infoOf(draft));
      endNewCase();
      if (paths.length === 0) return;
      go('evidence');
      await importPaths(made.id, paths);
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  }

  return (
    <>
      <DialogBox
        title="New case"
        onClose={endNewCase}
        foot={
          <>
            {paths.length > 0 ? (
              <span className="dialog-foot-note">
                {paths.length === 1 ? 'One dropped file' : `${paths.length} dropped files`} will be added to it.
              </span>
            ) : null}
            <Button onPress={endNewCase}>Cancel</Button>
            <Button look="primary" isDisabled={busy} onPress={() => void make()}>
              Create the case
            </Button>
          </>
        }
      >
        {failure === null ? null : <FailureBox failure={failure} />}
        {info.failure === null ? null : <FailureBox failure={info.failure} onAgain={info.again} />}
        <EnterForm onSend={make}>
          <TextInput
            label="Name"
            value={name}
            onChange={setName}
            error={tried ? fault : null}
            autoFocus
            placeholder="Redmi Note 7, seized 8 November"
            help={
              <>
                A folder of this name is made in <span className="mono">{folder ?? '…'}</span>
              </>
            }
          />
          <div>
            <Button icon={<FolderOpen className="icon" />} onPress={() => setBrowsing(true)}>
              Choose another folder
            </Button>
          </div>
          <CaseForm draft={draft} onChange={setDraft} />
        </EnterForm>
      </DialogBox>
      {browsing ? (
        <FileBrowser
          title="Where the case is kept"
          choose="folder"
          action="Keep it here"
          start={folder}
          onClose={() => setBrowsing(false)}
          onDone={([path]) => {
            setBrowsing(false);
            setFolder(path ?? null);
          }}
        />
      ) : null}
    </>
  );
}
