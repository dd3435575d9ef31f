import { humanBytes } from '../../../shared/base/bytes.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import type { Work } from '../../engine/engine-api.ts';
import { plainLine } from './answer.ts';
import type { Terminal } from './terminal.ts';

/** Where there is no bar to write into, a line so often. */
const lineEveryMs = 5000;

/** `1 look`, `2 looks`. */
export const some = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What a live acquisition sees, on one line. */
export function liveLine(view: LiveView): string {
  const { sent, received, packetBytes, busiest } = view;
  const seconds = view.lastUs === null ? 0 : Math.max(0, Math.round((view.lastUs - view.startedUs) / 1_000_000));
  const parts = [
    view.state === 'waiting' ? `${seconds} s: the phone is away` : `${seconds} s`,
    some(view.rounds, 'look'),
    view.sockets === null || view.uids === null
      ? 'connections not known'
      : `${some(view.sockets, 'connection')} of ${some(view.uids, 'uid')}`,
    ...(sent === null || received === null ? [] : [`${humanBytes(sent)} sent, ${humanBytes(received)} received`]),
    ...(packetBytes === null ? [] : [`${humanBytes(packetBytes)} of packets`]),
    ...(view.gaps.length === 0 ? [] : [some(view.gaps.length, 'gap')]),
    ...(busiest[0] === undefined ? [] : [`most: ${busiest[0].name}`]),
  ];
  return parts.join(', ');
}

/** Shows what is seen live: in the bar of a terminal, or else as a line now and then on standard error. */
export function showLive(work: Work, terminal: Terminal, quiet: boolean): Work {
  let last = Number.NEGATIVE_INFINITY;
  const live = (view: LiveView) => {
    if (quiet) return;
    if (terminal.live) {
      if (view.state === 'watching') work.progress.now(`Watching, Ctrl-C ends it: ${liveLine(view)}`, null);
      return;
    }
    if (performance.now() - last < lineEveryMs) return;
    last = performance.now();
    terminal.err(`${plainLine(liveLine(view))}\n`);
  };
  return { ...work, progress: { ...work.progress, live } };
}
