import { BriefcaseBusiness, FlaskConical, FolderOpen, LockOpen, Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { RecentCase } from '../../../shared/types/case.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { openCase, openSample, useCase } from '../../state/case.ts';
import { askNewCase } from '../../state/new-case.ts';
import { noticeFailure } from '../../state/notices.ts';
import { cancelTask, newestTask, useTasks } from '../../state/tasks.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StepList } from '../../ui/StepList.tsx';
import { FileBrowser } from '../files/FileBrowser.tsx';
import { useRehearsal } from '../timeline/use-rehearsal.ts';
import { UnsealDialog } from './UnsealDialog.tsx';
import './cases.css';

function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*[/\\]?$/, '');
}

interface RowProps {
  readonly recent: RecentCase;
  readonly current: boolean;
  readonly onOpen: () => void;
  readonly onForget: () => void;
}

function RecentRow({ recent, current, onOpen, onForget }: RowProps) {
  return (
    <li className="recent">
      <button
        type="button"
        className="recent-open"
        aria-label={`Open ${recent.name}${recent.number === null ? '' : `, number ${recent.number}`}`}
        onClick={onOpen}
        disabled={recent.missing}
      >
        <BriefcaseBusiness className="icon" />
        <span className="recent-name cut">
          <span className="cut">{recent.name}</span>
          {current ? <span className="chip chip-good">open</span> : null}
          {recent.missing ? <span className="chip chip-warn">not where it was</span> : null}
        </span>
        <span className="cut quiet">{recent.number ?? <span className="faint">no number</span>}</span>
        <span className="cut faint recent-path" title={recent.path}>
          {folderOf(recent.path)}
        </span>
        <span className="quiet number">
          <Moment iso={recent.openedAt} />
        </span>
      </button>
      <IconButton label={`Take ${recent.name} off this list`} icon={<X className="icon" />} onPress={onForget} />
    </li>
  );
}

function SampleProgress() {
  const tasks = useTasks();
  const task = newestTask(tasks, 'sample', null);
  if (task === null || task.state !== 'running') return null;
  return (
    <section className="card sample" aria-label="Making the sample case">
      <div className="task-head">
        <h2>Making the sample case</h2>
        <Button isDisabled={tasks.ending.includes(task.task)} onPress={() => void cancelTask(task.task)}>
          Cancel
        </Button>
      </div>
      <Progress label="Sample case" fraction={task.fraction} />
      <StepList label="Steps" steps={task.steps} />
    </section>
  );
}

/** Where work begins: a new case, one of before, or the sample. */
export function CasesPlace() {
  useRehearsal();
  const recents = useLoad('recents', () => bridge().client.cases.recent(null));
  const [browsing, setBrowsing] = useState(false);
  const [unsealing, setUnsealing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const openPath = useCase((state) => state.view?.path ?? null);
  const sampleRuns = useTasks((tasks) => newestTask(tasks, 'sample', null)?.state === 'running');

  async function open(start: () => Promise<unknown>): Promise<void> {
    setFailure(null);
    try {
      await start();
    } catch (thrown) {
      const caught = failureOf(thrown);
      if (caught.code === 'cancelled') noticeFailure(caught);
      else setFailure(caught);
      recents.again();
    }
  }
  const list = recents.data ?? [];
  return (
    <div className="page">
      <div className="cases">
        <header className="cases-head">
          <div>
            <h1>Cases</h1>
            <p className="quiet">
              A case is a folder: the evidence as received, its custody log, and what was read from it.
            </p>
          </div>
          <div className="cases-acts">
            <Button
              icon={<FlaskConical className="icon" />}
              isDisabled={sampleRuns}
              onPress={() => void open(openSample)}
            >
              Open the sample case
            </Button>
            <Button icon={<FolderOpen className="icon" />} onPress={() => setBrowsing(true)}>
              Open a case
            </Button>
            <Button look="primary" icon={<Plus className="icon" />} onPress={() => askNewCase()}>
              New case
            </Button>
          </div>
        </header>
        {failure === null ? null : <FailureBox failure={failure} />}
        <SampleProgress />
        {recents.failure === null ? null : <FailureBox failure={recents.failure} onAgain={recents.again} />}
        {recents.data !== null && list.length === 0 ? (
          <div className="card">
            <EmptyPlace icon={<BriefcaseBusiness className="icon" />} title="No case was opened here yet">
              Cases appear in this list once they are made or opened. Make one for the phone on your desk, drop a dump
              or a bug report anywhere in this window, or look at the sample first: two acquisitions of a simulated
              phone, before and after its owner switched the cloud services off.
            </EmptyPlace>
          </div>
        ) : null}
        {list.length > 0 ? (
          <section className="card" aria-label="Recent cases">
            <div className="recent-head" aria-hidden="true">
              <span />
              <span>Name</span>
              <span>Number</span>
              <span className="recent-path">Folder</span>
              <span className="number">Last opened</span>
            </div>
            <ul>
              {list.map((recent) => (
                <RecentRow
                  key={recent.path}
                  recent={recent}
                  current={recent.path === openPath}
                  onOpen={() => void open(() => openCase(recent.path))}
                  onForget={() =>
                    void open(async () => {
                      await bridge().client.cases.forget({ path: recent.path });
                      recents.again();
                    })
                  }
                />
              ))}
            </ul>
          </section>
        ) : null}
        <div className="cases-foot">
          <p className="faint">
            Files can be dropped anywhere in this window: onto an open case they become its evidence.
          </p>
          <Button look="quiet" icon={<LockOpen className="icon" />} onPress={() => setUnsealing(true)}>
            Open a sealed case
          </Button>
        </div>
      </div>
      {unsealing ? <UnsealDialog onClose={() => setUnsealing(false)} /> : null}
      {browsing ? (
        <FileBrowser
          title="Open a case"
          choose="case"
          action="Open the case"
          start={null}
          onClose={() => setBrowsing(false)}
          onDone={([path]) => {
            setBrowsing(false);
            if (path !== undefined) void open(() => openCase(path));
          }}
        />
      ) : null}
    </div>
  );
}
