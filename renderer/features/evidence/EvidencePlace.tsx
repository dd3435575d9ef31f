import { FilePlus2, Fingerprint, RefreshCw, ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { runningTasks, useTasks } from '../../state/tasks.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { CustodyLog } from '../custody/CustodyLog.tsx';
import { SignaturePart } from '../custody/SignaturePart.tsx';
import { FileBrowser } from '../files/FileBrowser.tsx';
import { BatchList } from './BatchList.tsx';
import { rebuild, useChecks, verify } from './checks.ts';
import { EvidencePanel } from './EvidencePanel.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import { foldPieces } from './fold-pieces.ts';
import { ImportResult } from './ImportResult.tsx';
import { takePaths } from './import-files.ts';
import { PiecesPanel } from './PiecesPanel.tsx';
import { RebuildResult } from './RebuildResult.tsx';
import { VerifyResult } from './VerifyResult.tsx';
import { WarningTable } from './WarningTable.tsx';
import './evidence.css';

const mostWarnings = 20_000;
const tabs = ['files', 'warnings', 'acquisitions', 'log', 'signature'] as const;

/** The line of the custody log that an address names, or the first. */
function firstLine(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}

/** Every byte that the case holds: files, what could not be read in them, and how each came here. */
export function EvidencePlace({ caseId }: { caseId: string }) {
  const view = useAddress((address) => address.view);
  const { revision, view: opened } = useCase();
  const { client } = bridge();
  const files = useLoad(`evidence ${caseId}`, () => client.evidence.list({ case: caseId }), revision);
  const batches = useLoad(`batches ${caseId}`, () => client.evidence.batches({ case: caseId }), revision);
  const warnings = useLoad(
    `warnings ${caseId}`,
    () => client.evidence.warnings({ case: caseId, limit: mostWarnings, after: 0 }),
    revision,
  );
  const [browsing, setBrowsing] = useState(false);
  const checks = useChecks();
  const busy = useTasks((tasks) => runningTasks(tasks).some((task) => task.case === caseId));
  const tab = tabs.find((name) => name === view.tab) ?? 'files';
  const chosen = files.data?.find((file) => file.id === view.file) ?? null;
  const rows = useMemo(() => foldPieces(files.data ?? []), [files.data]);
  const pieces = chosen === null ? (rows.find((row) => row.key === view.file && row.files.length > 1) ?? null) : null;
  const failure = files.failure ?? batches.failure ?? warnings.failure;
  const empty = files.data?.length === 0;
  const readOnly = opened?.readOnly === true;
  // The part on signatures tells of a check itself, as long as all is well.
  const saidBelow =
    tab === 'signature' && (checks.verify?.running === true || checks.verify?.outcome?.ok === true) && !empty;
  const change = (over: Record<string, string>) => setView({ ...view, ...over });

  return (
    <>
      <header className="tools">
        <h1>Evidence</h1>
        <p className="quiet">Kept as received, never changed. Everything else in the case can be rebuilt from it.</p>
        <div className="tools-gap" />
        <Button icon={<FilePlus2 className="icon" />} isDisabled={readOnly || busy} onPress={() => setBrowsing(true)}>
          Add files
        </Button>
        <Button
          icon={<RefreshCw className="icon" />}
          isDisabled={readOnly || busy || empty}
          onPress={() => void rebuild(caseId)}
        >
          Rebuild
        </Button>
        <Button
          look={tab === 'signature' ? 'plain' : 'primary'}
          icon={<ShieldCheck className="icon" />}
          isDisabled={busy || empty}
          onPress={() => void verify(caseId)}
        >
          Verify
        </Button>
      </header>
      <div className="results">
        <ImportResult caseId={caseId} />
        {checks.caseId === caseId ? (
          <>
            {saidBelow ? null : <VerifyResult run={checks.verify} caseId={caseId} />}
            <RebuildResult run={checks.rebuild} caseId={caseId} />
          </>
        ) : null}
        {failure === null ? null : <FailureBox failure={failure} onAgain={files.again} />}
      </div>
      <Tabs
        className="tabs"
        selectedKey={tab}
        onSelectionChange={(key) => change({ tab: key === 'files' ? '' : String(key) })}
      >
        <TabList className="tab-list" aria-label="Evidence">
          <Tab id="files" className="tab">
            Files <span className="tab-count">{files.data === null ? '' : groupedNumber(files.data.length)}</span>
          </Tab>
          <Tab id="warnings" className="tab">
            Warnings{' '}
            <span className="tab-count">
              {warnings.data === null
                ? ''
                : `${groupedNumber(warnings.data.length)}${warnings.data.length === mostWarnings ? ' or more' : ''}`}
            </span>
          </Tab>
          <Tab id="acquisitions" className="tab">
            How it came here{' '}
            <span className="tab-count">{batches.data === null ? '' : groupedNumber(batches.data.length)}</span>
          </Tab>
          <Tab id="log" className="tab">
            Custody log
          </Tab>
          <Tab id="signature" className="tab">
            Signature and seal
          </Tab>
        </TabList>
        <TabPanel id="files" className="tab-panel">
          {empty ? (
            <EmptyPlace
              icon={<Fingerprint className="icon" />}
              title="This case holds no evidence yet"
              act={
                <>
                  <Button isDisabled={readOnly || busy} onPress={() => setBrowsing(true)}>
                    Add files
                  </Button>
                  <Button look="primary" onPress={() => go('phone')}>
                    Acquire a phone
                  </Button>
                </>
              }
            >
              Drop files anywhere in this window: dumpsys netstats as text, binary netstats files or their folder, a bug
              report as zip or text, or a folder or zip of any of these. What is not recognised is kept and said so.
            </EmptyPlace>
          ) : (
            <div className="beside">
              <EvidenceTable
                rows={rows}
                warnings={warnings.data ?? []}
                chosen={chosen?.id ?? pieces?.key ?? null}
                onChoose={(key) => change({ file: key })}
              />
              {pieces === null ? null : (
                <PiecesPanel
                  row={pieces}
                  onChoose={(file) => change({ file: file.id })}
                  onClose={() => change({ file: '' })}
                />
              )}
              {chosen === null ? null : (
                <EvidencePanel
                  file={chosen}
                  warnings={(warnings.data ?? []).filter((warning) => warning.evidence === chosen.id)}
                  onClose={() => change({ file: '' })}
                />
              )}
            </div>
          )}
        </TabPanel>
        <TabPanel id="warnings" className="tab-panel">
          <WarningTable warnings={warnings.data} files={files.data ?? []} />
        </TabPanel>
        <TabPanel id="acquisitions" className="tab-panel">
          <BatchList batches={batches.data ?? []} files={files.data ?? []} readOnly={readOnly} />
        </TabPanel>
        <TabPanel id="log" className="tab-panel">
          <CustodyLog
            caseId={caseId}
            revision={revision}
            first={firstLine(view.line)}
            onFirst={(line) => change({ line: line === 1 ? '' : String(line) })}
          />
        </TabPanel>
        <TabPanel id="signature" className="tab-panel">
          <SignaturePart caseId={caseId} />
        </TabPanel>
      </Tabs>
      {browsing ? (
        <FileBrowser
          title="Add files to the case"
          choose="files"
          action="Add"
          start={null}
          onClose={() => setBrowsing(false)}
          onDone={(paths) => {
            setBrowsing(false);
            void takePaths(paths);
          }}
        />
      ) : null}
    </>
  );
}
