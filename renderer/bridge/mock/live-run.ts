import type { StepView, TaskView } from '../../../shared/types/task.ts';
import type { LiveWorld } from './live-world.ts';

/** When the cable is pulled in the play, seconds of watching: from, to. */
const pulled: readonly (readonly [number, number])[] = [
  [171, 199],
  [420, 438],
];
/** Where the play stands when the page opens with a live acquisition under way. */
export const prefilled = 380;

interface LivePlay {
  readonly task: string;
  readonly caseId: string;
  readonly live: LiveWorld;
  /** Seconds that have passed already. */
  readonly from: number;
  /** Milliseconds a second of the play. */
  readonly secondMs: number;
  tell(view: TaskView): void;
  grown(): void;
  isCancelled(): boolean;
}

/** Plays a live acquisition, second by second, until it is cancelled: which is its ordinary end. */
export async function playLive(play: LivePlay): Promise<void> {
  const { live, task, caseId } = play;
  let second = 0;
  const isAway = () => pulled.some(([from, to]) => second >= from && second < to);
  const step = () => {
    live.tick(isAway());
    second += 1;
  };
  const steps = (state: StepView['state']): StepView[] => [
    {
      id: 'sockets',
      title: 'Connections, every second',
      state,
      bytes: live.rounds * 14_200,
      ms: second * 1000,
      note: null,
    },
    { id: 'counters', title: 'Counters of every app', state, bytes: live.rounds * 3100, ms: second * 1000, note: null },
  ];
  const tell = (state: TaskView['state'], watching: 'watching' | 'waiting' | 'ending') =>
    play.tell({
      task,
      kind: 'acquire',
      case: caseId,
      state,
      fraction: null,
      now: watching === 'waiting' ? 'Waiting for the phone' : 'Watching',
      steps: steps(state === 'running' ? 'running' : 'complete'),
      live: live.view(watching),
    });
  // What was told before is told again in short: as a page that stayed open would have heard it.
  while (second < play.from) {
    step();
    tell('running', isAway() ? 'waiting' : 'watching');
  }
  while (!play.isCancelled()) {
    tell('running', isAway() ? 'waiting' : 'watching');
    await new Promise((done) => setTimeout(done, play.secondMs));
    step();
    if (second % 2 === 0 && !isAway()) play.grown();
  }
  tell('running', 'ending');
  await new Promise((done) => setTimeout(done, play.secondMs / 2));
  play.grown();
  tell('cancelled', 'ending');
}
