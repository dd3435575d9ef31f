import type { Micros } from '../../../shared/base/time.ts';
import type { CounterRecord, CounterSet, CounterSetRecord } from '../model/record.ts';
import { clockWasSet, type Placed, startedAnew, type TimedLook } from './looks.ts';

/** What a counter grew by between two looks. Bytes and packets; times of the two looks. */
export interface Growth {
  readonly uid: number;
  readonly iface: string | null;
  /** The set into which the uid was counted, at both looks where the counter is not kept apart by it; null: not known. */
  readonly set: 'default' | 'foreground' | null;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly errorUs: number;
  readonly sent: number;
  readonly received: number;
  readonly sentPackets: number;
  readonly receivedPackets: number;
  /** Why it must not enter a sum; null: nothing speaks against it. */
  readonly notCounted: 'vpn tunnel' | 'live beside a vpn' | null;
  readonly line: number | null;
  readonly offset: number | null;
}

/** A warning of a look. */
export interface CounterFault {
  readonly reason: string;
  readonly text: string | null;
  readonly at: Placed<unknown>['at'];
}

interface Held {
  readonly look: TimedLook;
  readonly counters: ReadonlyMap<string, Placed<CounterRecord>>;
  readonly sets: ReadonlyMap<number, CounterSet>;
}

const keyOf = ({ of, uid, iface, set }: CounterRecord): string => `${of} ${uid} ${iface} ${set}`;
/** Interfaces of VPNs, whose bytes go over another interface once more. */
const tunnel = /^(?:tun|ppp|ipsec|wg|utun|xfrm)\d*$/;
const nought = { receivedBytes: 0, receivedPackets: 0, sentBytes: 0, sentPackets: 0 };
const figures = ['receivedBytes', 'receivedPackets', 'sentBytes', 'sentPackets'] as const;

/** The set of a uid that a counter over both sets was in at a look: whom the map does not name is counted as in the background. */
function setAt({ look, sets }: Held, uid: number): CounterSet | null {
  return look.parts.has('counter sets') ? (sets.get(uid) ?? 'default') : null;
}

/** Follows the kernel's counters from look to look, within one start of the phone. A single look gives nothing. */
export class CounterTracker {
  #before: Held | null = null;

  look(
    counters: readonly Placed<CounterRecord>[],
    sets: readonly CounterSetRecord[],
    look: TimedLook,
  ): { readonly growth: Growth[]; readonly faults: CounterFault[] } {
    const now: Held = {
      look,
      // Of two rows for the same thing the later one holds: the phone began its list anew.
      counters: new Map(counters.map((one) => [keyOf(one.record), one])),
      sets: new Map(sets.map(({ uid, set }) => [uid, set])),
    };
    const before = this.#before;
    // Half a list is no place to go on from: what it lacks would look like a new counter.
    if (!look.parts.has('apps')) return { growth: [], faults: [] };
    this.#before = now;
    if (!before) return { growth: [], faults: [] };
    if (startedAnew(before.look, look)) {
      const reason =
        'The phone was started anew between two looks: its counters began again, and what they counted in between is not known.';
      return { growth: [], faults: [{ reason, text: null, at: { line: null, offset: null } }] };
    }
    return compare(before, now);
  }

  /** What follows is of another start, or of another time. */
  end(): void {
    this.#before = null;
  }
}

function compare(before: Held, now: Held): { growth: Growth[]; faults: CounterFault[] } {
  const growth: Growth[] = [];
  const faults: CounterFault[] = [];
  const { atUs, errorUs, uptimeUs } = now.look;
  // Where the phone's clock was set in between, its running time tells how long the interval was.
  const set = clockWasSet(before.look, now.look);
  const ranUs = uptimeUs === null || before.look.uptimeUs === null ? null : uptimeUs - before.look.uptimeUs;
  const fromUs = set && ranUs !== null ? atUs - ranUs : before.look.atUs;
  if (fromUs >= atUs) return { growth, faults };
  const beside = tunnelGrew(before, now);
  for (const [key, { record, at }] of now.counters) {
    const { uid, iface } = record;
    if (record.of !== 'app' || uid === null || iface === 'lo') continue;
    const old = before.counters.get(key)?.record ?? nought;
    if (figures.some((figure) => record[figure] < old[figure])) {
      const text = `uid ${uid}${iface === null ? '' : ` on ${iface}`}`;
      faults.push({
        reason: 'A counter went backwards between two looks; what it counted in between is not known.',
        text,
        at,
      });
      continue;
    }
    const [received, receivedPackets, sent, sentPackets] = figures.map((figure) => record[figure] - old[figure]);
    if (!received && !receivedPackets && !sent && !sentPackets) continue;
    const earlier = record.set ?? setAt(before, uid);
    const later = record.set ?? setAt(now, uid);
    growth.push({
      uid,
      iface,
      set: earlier === later && (later === 'default' || later === 'foreground') ? later : null,
      fromUs,
      toUs: atUs,
      errorUs: Math.max(errorUs, before.look.errorUs),
      sent: sent!,
      received: received!,
      sentPackets: sentPackets!,
      receivedPackets: receivedPackets!,
      notCounted: iface !== null ? (tunnel.test(iface) ? 'vpn tunnel' : null) : beside ? 'live beside a vpn' : null,
      line: at.line,
      offset: at.offset,
    });
  }
  return { growth, faults };
}

/** Whether an interface of a VPN carried anything in between: then counters that do not name the interface hold bytes twice. */
function tunnelGrew(before: Held, now: Held): boolean {
  return [...now.counters].some(([key, { record }]) => {
    if (record.of !== 'interface' || !tunnel.test(record.iface ?? '')) return false;
    const old = before.counters.get(key)?.record ?? nought;
    return record.sentBytes > old.sentBytes || record.receivedBytes > old.receivedBytes;
  });
}
