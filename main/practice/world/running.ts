import { type Amounts, type Entry, overHours } from './ledger.ts';
import { type Carried, entriesOf, LiveAccount } from './live.ts';
import { MINUTE_US, SECOND_US } from './time.ts';
import { totalsOf } from './truth.ts';
import type { World } from './world.ts';

const pollEveryUs = 30 * MINUTE_US;
/** The first look at the counters after a start is where counting begins; what was before it is never recorded (FORMATS 1.5). */
const firstLookUs = 15 * SECOND_US;

/** One stretch between two starts of the phone. */
interface Run {
  /** Start of the phone; of the first stretch, since when it is watched. */
  readonly fromUs: number;
  readonly bootUs: number;
  /** Where recording begins. */
  readonly baseUs: number;
  readonly forced: number[];
  endUs: number | null;
  /** Ended by pulling the battery: what was not recorded yet is lost. */
  hard: boolean;
}

/**
 * What becomes of a phone after the instant for which its world was made: connections carry bytes, the counters grow, the history gets
 * them with the next poll, and it may be started anew. Everything but polls that were asked for and starts follows from the seed.
 */
export class Course {
  readonly #base: World;
  readonly #moves: boolean;
  readonly #live = new LiveAccount();
  readonly #runs: Run[];
  readonly #recorded = new Map<string, readonly Entry[]>();
  #history: {
    readonly key: string;
    readonly entries: readonly Entry[];
    readonly own: readonly Entry[];
    readonly polls: number;
  } | null = null;
  #last: { readonly atUs: number; readonly polls: number; readonly world: World } | null = null;

  /** `moves` false: nothing is carried, only starts are told. */
  constructor(base: World, moves: boolean) {
    this.#base = base;
    this.#moves = moves;
    const { polledUs, bootUs } = base;
    this.#runs = [{ fromUs: polledUs, bootUs, baseUs: polledUs, forced: [], endUs: null, hard: false }];
  }

  /** The phone is asked to count anew. */
  poll(atUs: number): void {
    this.#runs.at(-1)!.forced.push(atUs);
  }

  /** The phone is started anew at that instant. `hard`: without being shut down before. */
  reboot(atUs: number, hard: boolean): void {
    const ended = this.#runs.at(-1)!;
    ended.endUs = atUs;
    ended.hard = hard;
    this.#runs.push({ fromUs: atUs, bootUs: atUs, baseUs: atUs + firstLookUs, forced: [], endUs: null, hard: false });
  }

  get boots(): number {
    return this.#runs.length - 1;
  }

  /** Instants at which that stretch was recorded, the first look included, none after `atUs`. */
  #polls(run: Run, atUs: number): number[] {
    const endUs = Math.min(atUs, run.endUs ?? atUs);
    if (run.baseUs > endUs) return [];
    const polls = [run.baseUs, ...run.forced.filter((us) => us > run.baseUs && us <= endUs)];
    if (this.#moves)
      for (let us = run.baseUs + pollEveryUs; us <= endUs && us < (run.endUs ?? Infinity); us += pollEveryUs)
        polls.push(us);
    if (run.endUs !== null && run.endUs <= atUs && !run.hard) polls.push(run.endUs);
    return [...new Set(polls)].sort((a, b) => a - b);
  }

  #worldOf(run: Run): World {
    return { ...this.#base, bootUs: run.bootUs };
  }

  /** What is recorded of the span between two polls: spread evenly over it, as netstats does. */
  #record(run: Run, fromUs: number, toUs: number): readonly Entry[] {
    const key = `${run.bootUs} ${fromUs} ${toUs}`;
    let entries = this.#recorded.get(key);
    if (!entries) {
      entries = this.#live.between(this.#worldOf(run), fromUs, toUs).flatMap((one) =>
        overHours(fromUs, toUs, one).map(({ hourUs, part }) => {
          const { ident, uid, set } = one;
          return { ident, uid, set, tag: 0, hourUs, trueUs: Math.max(fromUs, hourUs), ...part };
        }),
      );
      this.#recorded.set(key, entries);
    }
    return entries;
  }

  /** The phone as it is at that true time, which must not lie before an earlier question's by more than the same stretch. */
  at(atUs: number): World {
    const run = this.#runs.at(-1)!;
    const polled = this.#runs.reduce((sum, one) => sum + one.forced.length, 0);
    if (this.#last?.atUs === atUs && this.#last.polls === polled && this.#last.world.bootUs === run.bootUs)
      return this.#last.world;
    const world = this.#moves || this.boots > 0 ? this.#moved(run, atUs) : this.#base;
    this.#last = { atUs, polls: polled, world };
    return world;
  }

  /** What is recorded: all of it, and since the last start. The same arrays until the next poll. */
  #historyAt(atUs: number): {
    readonly entries: readonly Entry[];
    readonly own: readonly Entry[];
    readonly polls: number;
  } {
    const polls = this.#runs.map((run) => this.#polls(run, atUs));
    const key = polls.map((list) => list.join()).join(' ');
    if (this.#history?.key === key) return this.#history;
    const entries: Entry[] = [...this.#base.entries];
    let own: Entry[] = [];
    for (const [index, run] of this.#runs.entries()) {
      own = index === 0 ? [...this.#base.sinceBoot] : [];
      if (!this.#moves) continue;
      const list = polls[index]!;
      for (const [n, us] of list.slice(1).entries()) {
        const recorded = this.#record(run, list[n]!, us);
        entries.push(...recorded);
        own.push(...recorded);
      }
    }
    const count = polls.reduce((sum, list) => sum + Math.max(0, list.length - 1), 0);
    this.#history = { key, entries, own, polls: count };
    return this.#history;
  }

  #moved(run: Run, atUs: number): World {
    const base = this.#base;
    const first = run === this.#runs[0];
    const { entries, own, polls } = this.#historyAt(atUs);
    const polledUs = this.#polls(run, atUs).at(-1) ?? (first ? base.polledUs : run.bootUs);
    const world = this.#worldOf(run);
    const live = (fromUs: number): Entry[] =>
      this.#moves ? entriesOf(this.#live.between(world, fromUs, atUs), fromUs) : [];
    return {
      ...world,
      nowUs: Math.max(atUs, base.nowUs),
      polledUs,
      boots: this.boots,
      entries,
      sinceBoot: own,
      counted: [...(first ? base.sinceBoot : []), ...live(run.fromUs)],
      pending: live(polledUs),
      polls,
      totals: (history = 'complete') => totalsOf(history === 'complete' ? entries : own),
    };
  }

  /** What the phone's counters grew by between two instants, by uid: bytes and packets. Starts in between are told by the sum. */
  carried(fromUs: number, toUs: number): Map<number, Amounts> {
    const sums = new Map<number, Amounts>();
    if (!this.#moves) return sums;
    for (const run of this.#runs) {
      const from = Math.max(fromUs, run.fromUs);
      const to = Math.min(toUs, run.endUs ?? toUs);
      for (const one of this.#live.between(this.#worldOf(run), from, to)) addCounted(sums, one);
    }
    return sums;
  }

  /** The world of the stretch that holds that instant: its sockets are those of that start. */
  worldAround(atUs: number): World {
    return this.#worldOf(this.#runs.findLast((run) => run.fromUs <= atUs) ?? this.#runs[0]!);
  }
}

/** The kernel's counters are not corrected for a VPN: they hold what its app sent for others, and nothing of the tunnel itself. */
function addCounted(sums: Map<number, Amounts>, one: Carried): void {
  if (one.ident.virtual || one.set === 1001) return;
  const sum = sums.get(one.uid) ?? { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
  sum.sent += one.sent;
  sum.received += one.received;
  sum.sentPackets += one.sentPackets;
  sum.receivedPackets += one.receivedPackets;
  if (sum.sentPackets + sum.receivedPackets > 0) sums.set(one.uid, sum);
}
