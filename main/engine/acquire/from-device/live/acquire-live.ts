import type { AcquireOutcome } from '../../../../../shared/types/outcome.ts';
import type { StepView } from '../../../../../shared/types/task.ts';
import type { DeviceBridge } from '../../../ports/device-bridge.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { AcquireFromDeviceOptions } from '../acquire-from-device.ts';
import { type AcquiredStep, acquiredOf, type DeviceAcquisition } from '../acquired.ts';
import { choosePhone } from '../choose-phone.ts';
import { acquisitionPlan, type PlanRow, planFor, stagesOf } from '../plan.ts';
import { clockRow } from '../plan-identity.ts';
import { Walk } from '../walk.ts';
import type { LiveCompanion } from './companion.ts';
import { type LiveListener, type LivePace, type Watched, watch } from './watch.ts';

export interface AcquireLiveOptions extends Omit<AcquireFromDeviceOptions, 'profile'> {
  /** The bridge under the recorded one: the loop's commands stand in the segments. */
  readonly quietBridge: DeviceBridge;
  /** Ends by itself after so long; null: when `signal` is aborted. */
  readonly forMs: number | null;
  readonly listener: LiveListener;
  readonly companions?: readonly LiveCompanion[];
  readonly pace?: LivePace | undefined;
}

export interface LiveAcquisition extends DeviceAcquisition {
  /** How long was watched and what came of each row; null: it did not come to that. */
  readonly live: AcquireOutcome['live'] | null;
}

/** What the clocks' last comparison may take when the end was asked for. */
const patienceMs = 15_000;
const liveStep = 'live';
const liveTitle = 'Watched live';

const nothingToWatch =
  'This phone shows neither its connections nor its counters without root: there was nothing to watch.';

/** Puts the step of the loop before the last one of the board, which is the clock. */
function withLiveStep(progress: Progress) {
  let steps: readonly StepView[] = [];
  let live: StepView = { id: liveStep, title: liveTitle, state: 'waiting', bytes: 0, ms: 0, note: null };
  const tell = () => {
    const at = steps.findIndex(({ id }) => id === 'clock after');
    progress.steps(at < 0 ? [...steps, live] : [...steps.slice(0, at), live, ...steps.slice(at)]);
  };
  const wrapped: Progress = {
    ...progress,
    steps(now) {
      steps = now;
      tell();
    },
  };
  return {
    progress: wrapped,
    change(change: Partial<StepView>) {
      live = { ...live, ...change };
      tell();
    },
  };
}

/** The rows that go on being asked: those that gave an answer at the first pass, each with the line that was understood. */
function repeated(rows: readonly PlanRow[], steps: readonly AcquiredStep[]) {
  return rows.flatMap((row) => {
    const step = steps.find(({ id }) => id === row.id);
    if (row.repeatMs === undefined || !step) return [];
    const had =
      step.state === 'skipped' ? step.from !== undefined : step.state !== 'refused' && step.state !== 'unavailable';
    return had ? [{ row, command: step.command }] : [];
  });
}

function stepOf(watched: Watched, idle: boolean): AcquiredStep {
  const refused = watched.rows.filter((row) => row.refused !== null);
  const all = watched.rows.length > 0 && refused.length === watched.rows.length;
  return {
    id: liveStep,
    title: liveTitle,
    user: null,
    command: watched.rows.map(({ command }) => command).join(' … '),
    state: all ? refused[0]!.refused!.state : idle ? 'unavailable' : 'complete',
    why: idle ? nothingToWatch : refused.map(({ row, refused: why }) => `${row.title}: ${why?.why}`).join(' ') || null,
    exit: null,
    bytes: watched.rows.reduce((sum, { bytes }) => sum + bytes, 0),
    evidence: watched.evidence,
  };
}

/**
 * Acquires a phone by the live profile: the plan once, then the rows that move again and again until the examiner ends it, which is
 * how it is meant to end, and the clocks once more. Rejects as `acquireFromDevice` does.
 */
export async function acquireLive(options: AcquireLiveOptions): Promise<LiveAcquisition> {
  const {
    bridge,
    signal,
    plan = acquisitionPlan,
    extras = [],
    waitMs = 0,
    hardwareSerial = null,
    earlier = null,
  } = options;
  const phone = options.phone ?? (await choosePhone(bridge, options.serial, signal));
  const rows = planFor('live', plan, extras);
  const board = withLiveStep(options.progress);
  const walking = new AbortController();
  const cancel = () => walking.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const { progress } = board;
  const walk = new Walk(
    { ...options, progress, signal: walking.signal, waitMs, hardwareSerial, earlier },
    phone.serial,
    rows,
  );
  const [last, first] = [rows.filter(({ clock }) => clock === 'after'), rows.filter(({ clock }) => clock !== 'after')];
  for (const stage of stagesOf(first)) await walk.stage(stage);
  // From here on the signal is the end that the examiner wants, and nothing is cancelled by it.
  signal.removeEventListener('abort', cancel);
  let watched: Watched | null = null;
  let idle = false;
  let watchedMs = 0;
  if (walk.stop === null) {
    board.change({ state: 'running' });
    const began = performance.now();
    const { learned } = walk;
    const again = { ...clockRow('after', liveTitle), id: liveStep };
    watched = await watch({
      ...options,
      progress,
      companions: options.companions ?? [],
      connection: walk.connection,
      hardwareSerial: hardwareSerial ?? (learned.properties['ro.serialno'] || null),
      offset: learned.offset,
      start: learned.start,
      sdk: learned.sdk,
      words: learned.words,
      rows: repeated(rows, walk.steps),
      returned: (back) => learned.cameBack(back, [{ id: liveStep, title: liveTitle, row: again, user: null }]),
    });
    watchedMs = Math.round(performance.now() - began);
    walk.connection = watched.connection;
    learned.notes.push(...watched.notes);
    idle = watched.rows.length === 0 && (options.companions ?? []).length === 0;
    if (idle) learned.notes.push(nothingToWatch);
    const { state, bytes, why } = stepOf(watched, idle);
    board.change({ state, bytes, note: why, ms: watchedMs });
    if (watched.away) walk.stop = 'interrupted';
    const patience = setTimeout(() => walking.abort(), patienceMs);
    for (const stage of stagesOf(last)) await walk.stage(stage);
    clearTimeout(patience);
    // The clock's last comparison took too long: that is no cancel of the examiner's.
    if ((walk.stop as Walk['stop']) === 'cancelled') walk.stop = 'interrupted';
  } else for (const stage of stagesOf(last)) await walk.stage(stage);
  const steps = [...walk.steps];
  const at = steps.findIndex(({ id }) => id === 'clock after');
  if (watched) steps.splice(at < 0 ? steps.length : at, 0, stepOf(watched, idle));
  const acquired = acquiredOf(phone, walk.connection, walk.tasks, steps, walk.learned, walk.stop);
  return { ...acquired, live: watched && { ms: watchedMs, rows: watched.rows.map(countsOf) } };
}

const countsOf = ({ row, samples, failed, gaps, bytes }: Watched['rows'][number]) => ({
  id: row.id,
  answers: samples,
  broken: failed,
  gaps,
  bytes,
});
