import { FileCheck2, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { ReportOutcome } from '../../../shared/types/outcome.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { runningTasks, runTask, useTasks } from '../../state/tasks.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { useChecks, verify } from '../evidence/checks.ts';
import { VerifyResult } from '../evidence/VerifyResult.tsx';
import { Working } from '../evidence/Working.tsx';
import { Preview } from './Preview.tsx';
import { isDate, today } from './report-date.ts';
import { Written } from './Written.tsx';
import './report.css';

/** The report as it will be: choose its sections, look at its pages, write the PDF, check it. */
export function ReportPlace({ caseId }: { caseId: string }) {
  const view = useAddress((address) => address.view);
  const { revision, view: opened } = useCase();
  const sections = useLoad('report sections', () => bridge().client.report.sections(null));
  const [written, setWritten] = useState<ReportOutcome | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useTasks((tasks) => runningTasks(tasks).some((task) => task.case === caseId));
  const checks = useChecks();
  const [typedDate, setTypedDate] = useState<string | null>(null);
  const omit = (view.omit ?? '').split(',').filter(Boolean);
  const date = view.date !== undefined && isDate(view.date) ? view.date : today();
  const dateFits = typedDate === null || isDate(typedDate);
  const choices = { omit, date };
  const change = (over: Record<string, string>) => setView({ ...view, ...over });

  async function write(): Promise<void> {
    setFailure(null);
    setWritten(null);
    try {
      setWritten(
        await runTask('report', caseId, (task) =>
          bridge().client.report.write({ case: caseId, task, out: null, choices }),
        ),
      );
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }

  if (opened !== null && opened.evidence === 0) {
    return (
      <EmptyPlace
        icon={<FileCheck2 className="icon" />}
        title="There is nothing to report on yet"
        act={
          <Button look="primary" onPress={() => go('phone')}>
            Acquire a phone
          </Button>
        }
      >
        The report is written from the evidence of a case: the phone, how it was acquired, the timeline, its apps and
        their totals, and the hash of every file. Acquire a phone or add files first.
      </EmptyPlace>
    );
  }
  return (
    <div className="report">
      <aside className="report-side" aria-label="What the report holds">
        <h1>Report</h1>
        {sections.failure === null ? null : <FailureBox failure={sections.failure} onAgain={sections.again} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame that every browser draws its own way */}
        <div role="group" aria-label="Sections" className="report-sections">
          <h3 className="panel-part-title">Sections</h3>
          {(sections.data ?? []).map((section) => (
            <Tick
              key={section.id}
              checked={section.required || !omit.includes(section.id)}
              disabled={section.required}
              onChange={(take) =>
                change({ omit: (take ? omit.filter((id) => id !== section.id) : [...omit, section.id]).join(',') })
              }
            >
              {section.title}
            </Tick>
          ))}
          <p className="faint">Greyed sections are in every report: without them it could not be checked.</p>
        </div>
        <TextInput
          label="Date on the report"
          value={typedDate ?? date}
          error={
            typedDate === null || isDate(typedDate) ? null : 'A date is written as year-month-day, such as 2026-11-22.'
          }
          help="Year-month-day. The same case and date give the same file, byte for byte."
          onChange={(text) => {
            setTypedDate(text);
            if (isDate(text)) change({ date: text });
          }}
        />
        <div className="report-acts">
          <Button
            look="primary"
            icon={<FileCheck2 className="icon" />}
            isDisabled={busy || !dateFits}
            onPress={() => void write()}
          >
            Write the PDF
          </Button>
          <Button icon={<ShieldCheck className="icon" />} isDisabled={busy} onPress={() => void verify(caseId)}>
            Verify the case
          </Button>
        </div>
        <Working kind="report" caseId={caseId} title="Writing the PDF" />
        {failure === null ? null : <FailureBox failure={failure} />}
        {written === null ? null : <Written outcome={written} />}
        {checks.caseId === caseId ? <VerifyResult run={checks.verify} caseId={caseId} /> : null}
      </aside>
      <Preview caseId={caseId} omit={omit} date={date} revision={revision} />
    </div>
  );
}
