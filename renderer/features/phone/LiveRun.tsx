import { ChartNoAxesGantt, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Micros } from '../../../shared/base/time.ts';
import { bytesInFull, groupedNumber, humanBytes } from '../../../shared/timeline/formats.ts';
import type { LiveView, TaskView } from '../../../shared/types/task.ts';
import { go } from '../../state/address-store.ts';
import { useLive, usePhoneNow } from '../../state/live.ts';
import { useZone, zoneLabel } from '../../state/zone.ts';
import { Button } from '../../ui/Button.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { StepList } from '../../ui/StepList.tsx';
import { EndLive } from './EndLive.tsx';
import { LiveDrawing } from './LiveDrawing.tsx';
import { clockOf, gapSentence, gapsText, openWords, seenSentence, stateWords, stopwatch } from './live-words.ts';
import { stepsText } from './steps-text.ts';
import './live.css';

interface FigureProps {
  readonly value: ReactNode;
  readonly name: ReactNode;
  readonly exact?: string;
  readonly tone?: 'sent' | 'received';
}

function Figure({ value, name, exact, tone }: FigureProps) {
  return (
    <div className="live-figure" title={exact}>
      <dt>{name}</dt>
      <dd className={tone === undefined ? 'number' : `number live-${tone}`}>{value}</dd>
    </div>
  );
}

function Figures({ live, nowUs }: { live: LiveView; nowUs: Micros }) {
  const { sent, received, packetBytes } = live;
  const answers = live.state !== 'waiting';
  // What was open at the last look is not what is open now.
  const now = (count: number | null) => {
    if (!answers) return { value: '–', exact: 'Not known while the phone does not answer' };
    return count === null
      ? { value: '–', exact: 'Not known: no table of connections was had from the phone' }
      : { value: groupedNumber(count) };
  };
  return (
    <>
      <dl className="live-figures">
        <Figure name="watched" value={stopwatch(nowUs - live.startedUs)} />
        <Figure name={live.rounds === 1 ? 'look' : 'looks'} value={groupedNumber(live.rounds)} />
        <Figure name="connections open" {...now(live.sockets)} />
        <Figure name={live.uids === 1 && answers ? 'app holds them' : 'apps hold them'} {...now(live.uids)} />
      </dl>
      {live.sockets === null && live.rounds > 0 ? (
        <p className="quiet live-none">
          This phone has shown no table of its connections: which were open is not known. That is no sign that there
          were none.
        </p>
      ) : null}
      {sent === null || received === null ? (
        <p className="quiet live-none">
          This phone shows no counters: how many bytes were sent and received is not known.
          {live.sockets === null ? '' : ' Its connections are watched all the same.'}
        </p>
      ) : (
        <dl className="live-figures live-bytes">
          <Figure name="sent since it began" value={`↑ ${humanBytes(sent)}`} exact={bytesInFull(sent)} tone="sent" />
          <Figure
            name="received since it began"
            value={`↓ ${humanBytes(received)}`}
            exact={bytesInFull(received)}
            tone="received"
          />
          {packetBytes === null ? null : (
            <Figure name="of packets kept" value={humanBytes(packetBytes)} exact={bytesInFull(packetBytes)} />
          )}
        </dl>
      )}
      {packetBytes !== null && sent === null ? (
        <p className="quiet">{bytesInFull(packetBytes)} of packets are kept.</p>
      ) : null}
    </>
  );
}

const mostBusy = 6;

/** Those that moved most in the last while, each with a bar to the largest of them. */
function Busiest({ live }: { live: LiveView }) {
  const list = live.busiest.slice(0, mostBusy);
  const most = Math.max(1, ...list.map((app) => Math.max(app.sent, app.received)));
  if (live.sent === null) return null;
  return (
    <section aria-label="Busiest in the last while">
      <h3 className="live-head">Busiest in the last while</h3>
      {list.length === 0 ? (
        <p className="quiet">No app’s counters moved.</p>
      ) : (
        <ol className="live-busiest">
          {list.map((app) => (
            <li key={app.uid}>
              <span className="cut" dir="auto" title={`${app.name}, uid ${app.uid}`}>
                {app.name}
              </span>
              <svg className="live-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect className="live-bar-sent" width={(app.sent / most) * 100} height="3.5" />
                <rect className="live-bar-received" y="4.5" width={(app.received / most) * 100} height="3.5" />
              </svg>
              <span className="number live-sent">↑ {humanBytes(app.sent)}</span>
              <span className="number live-received">↓ {humanBytes(app.received)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const shownGaps = 5;

function Gaps({ live, nowUs }: { live: LiveView; nowUs: Micros }) {
  const zone = useZone();
  const latest = live.gaps.slice(-shownGaps).toReversed();
  const earlier = live.gaps.length - latest.length;
  return (
    <section aria-label="Gaps">
      <h3 className="live-head">
        Gaps <span className="live-note">{gapsText(live.gaps, nowUs)}</span>
      </h3>
      {latest.length === 0 ? (
        <p className="quiet">The phone answered every time so far.</p>
      ) : (
        <ul className="live-gaps">
          {latest.map((gap) => (
            <li key={gap.fromUs}>{gapSentence(gap, nowUs, zone)}</li>
          ))}
          {earlier > 0 ? (
            <li className="quiet">
              {groupedNumber(earlier)} earlier {earlier === 1 ? 'one' : 'ones'}; all are hatched on the timeline.
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

function Waiting({ live }: { live: LiveView }) {
  const zone = useZone();
  const since = live.gaps.findLast((gap) => gap.toUs === null)?.fromUs ?? live.lastUs;
  return (
    <div className="box box-warn" role="alert">
      <Unplug className="icon" />
      <div className="box-words">
        <p className="box-first">The phone has not answered{since === null ? '' : ` since ${clockOf(since, zone)}`}.</p>
        <p>
          Plug the cable in again or, where it is reached over the network, bring it back to its Wi-Fi; look whether it
          asks for anything. Watching goes on by itself as soon as it answers; the time until then stays a gap. What was
          seen is in the case.
        </p>
      </div>
    </div>
  );
}

/** A live acquisition under way: how long, how much, what is open, what was missed; and its end. */
export function LiveRun({ task, live }: { task: TaskView; live: LiveView }) {
  const zone = useZone();
  const nowUs = usePhoneNow(task.task, live, task.state === 'running');
  const heard = useLive((state) => (state.byTask[task.task]?.moments.length ?? 0) > 1);
  return (
    <section className="card acquire live" aria-label="Live acquisition">
      <div className="task-head">
        <h2>Live acquisition</h2>
        <EndLive task={task.task} live={live} nowUs={nowUs} />
      </div>
      <p className={`live-state live-state-${live.state}`} role="status">
        <i aria-hidden="true" />
        <strong>{stateWords[live.state]}</strong>
        <span className="quiet">
          Began {clockOf(live.startedUs, zone)}, times in {zoneLabel(zone, live.startedUs)}
        </span>
      </p>
      {live.state === 'waiting' ? <Waiting live={live} /> : null}
      <Figures live={live} nowUs={nowUs} />
      <LiveDrawing
        task={task.task}
        live={live}
        nowUs={nowUs}
        label={`The last five minutes. ${seenSentence(live, nowUs)}. ${openWords(live)}.`}
      />
      <div className="live-foot">
        <p className="quiet live-caption">
          {heard ? 'The last five minutes. ' : 'The drawing begins with the second answer. '}
          {live.sent === null ? '' : 'Bytes in steps of 5 s, heights by the square root.'}
        </p>
        <Button
          look="primary"
          icon={<ChartNoAxesGantt className="icon" />}
          onPress={() => go('timeline', { follow: '5m', sort: 'window' })}
        >
          Watch it in the timeline
        </Button>
      </div>
      <Busiest live={live} />
      <Gaps live={live} nowUs={nowUs} />
      {task.steps.length === 0 ? null : (
        <div className="live-steps">
          <Fold title="Every step" note={stepsText(task.steps)}>
            <StepList label="Steps of the acquisition" steps={task.steps} />
          </Fold>
        </div>
      )}
    </section>
  );
}
