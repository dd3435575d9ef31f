import type { Micros } from '../../../shared/base/time.ts';

/** What a live acquisition told at one look: bytes since it began, null where the phone shows no counters; connections open, null where it shows none. */
export interface LiveMoment {
  readonly us: Micros;
  readonly sent: number | null;
  readonly received: number | null;
  readonly sockets: number | null;
}

/** Bytes that the counters grew by between two of its answers. */
export interface Growth {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly sent: number;
  readonly received: number;
}

/**
 * What the counters grew by, on a grid of absolute time, so that a drawing that rolls never regroups it. Where answers lie further apart than
 * a cell, what came between them stays one stretch from one to the other: at which moment of it is not known.
 */
export function growthOf(moments: readonly LiveMoment[], cellUs: Micros): Growth[] {
  const found: { fromUs: Micros; toUs: Micros; sent: number; received: number; cell: number }[] = [];
  for (let i = 1; i < moments.length; i += 1) {
    const a = moments[i - 1]!;
    const b = moments[i]!;
    if (a.sent === null || b.sent === null) continue;
    const sent = Math.max(0, b.sent - a.sent);
    const received = Math.max(0, (b.received ?? 0) - (a.received ?? 0));
    if (b.us - a.us > cellUs) {
      if (sent + received > 0) found.push({ fromUs: a.us, toUs: b.us, sent, received, cell: Number.NaN });
      continue;
    }
    const cell = Math.ceil(b.us / cellUs) - 1;
    const last = found.at(-1);
    if (last?.cell === cell) {
      last.sent += sent;
      last.received += received;
    } else found.push({ fromUs: cell * cellUs, toUs: (cell + 1) * cellUs, sent, received, cell });
  }
  return found.map(({ fromUs, toUs, sent, received }) => ({ fromUs, toUs, sent, received }));
}

/** Connections open, as steps: each count holds from its look to the next, and not across a gap. */
export interface SocketStep {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly count: number;
}

export function socketSteps(
  moments: readonly LiveMoment[],
  gaps: readonly { readonly fromUs: Micros; readonly toUs: Micros | null }[],
): SocketStep[] {
  const steps: SocketStep[] = [];
  for (let i = 0; i < moments.length; i += 1) {
    const here = moments[i]!;
    if (here.sockets === null) continue;
    const next = moments[i + 1];
    const gap = gaps.find((one) => one.fromUs >= here.us && one.fromUs < (next?.us ?? Number.POSITIVE_INFINITY));
    const toUs = Math.min(gap?.fromUs ?? Number.POSITIVE_INFINITY, next?.us ?? here.us);
    const last = steps.at(-1);
    if (last && last.count === here.sockets && last.toUs === here.us) steps[steps.length - 1] = { ...last, toUs };
    else steps.push({ fromUs: here.us, toUs, count: here.sockets });
  }
  return steps;
}

/** The next of 1, 2, 5, 10, 20, … that is no smaller: a scale that does not tremble. */
export function roundTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= value * (1 - 1e-9)) ?? 10 * power;
}
