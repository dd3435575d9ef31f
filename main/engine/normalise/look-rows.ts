import { type Micros, microsOf } from '../../../shared/base/time.ts';
import { userOf } from '../../../shared/base/uid.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Place, SectionHead } from '../model/place.ts';
import type { CounterRecord, CounterSetRecord, LookRecord, SocketRecord } from '../model/record.ts';
import type { Cell } from './columns.ts';
import { type Contact, ContactTracker, contactErrorUs } from './contacts.ts';
import { CounterTracker, type Growth } from './counters.ts';
import { type HostTimes, type Placed, type Stretch, StretchKeeper, type TimedLook, timeOf } from './looks.ts';

export type LookPart = SocketRecord | CounterRecord | CounterSetRecord | LookRecord;

/** What one answer said, as far as it belongs to looks. */
export class GatheredLook {
  readonly sockets: Placed<SocketRecord>[] = [];
  readonly counters: Placed<CounterRecord>[] = [];
  readonly sets: CounterSetRecord[] = [];
  look: Placed<LookRecord> | null = null;

  take(record: LookPart, at: Place): void {
    if (record.kind === 'socket') this.sockets.push({ record, at });
    else if (record.kind === 'counter') this.counters.push({ record, at });
    else if (record.kind === 'counter set') this.sets.push(record);
    else this.look = { record, at };
  }
}

/** Where the rows of looks go. Identities and numbers are the collector's. */
export interface LookSink {
  contact(cells: Cell[]): void;
  watched(cells: Cell[]): void;
  /** Finds or makes the series of one counter in one section. */
  growth(section: number, growth: Growth): void;
  warn(section: number, at: Place, text: string | null, reason: string): void;
}

/** The columns of `contact` behind its id. */
export function contactCells(contact: Contact): Cell[] {
  return [
    contact.section,
    'sockets',
    contact.uid,
    contact.fromUs,
    contact.toUs,
    contactErrorUs(contact),
    contact.openStart ? 1 : 0,
    contact.openEnd ? 1 : 0,
    contact.protocol,
    contact.localIp,
    contact.localPort,
    contact.remoteIp,
    contact.remotePort,
    contact.states.join(', '),
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    contact.line,
    contact.offset,
  ];
}

/** The columns of `series` behind its id and key, for what a counter grew by. */
export function liveSeriesCells(section: number, network: number, growth: Growth): Cell[] {
  const { uid, set, notCounted } = growth;
  const foreground = set === 'foreground' ? 1 : set === 'default' ? 0 : null;
  return [section, 0, '', 'live', 'live', network, uid, userOf(uid), set ?? 'all', foreground, 0, 0, notCounted];
}

/** What tells one series of a section from another. */
export function liveSeriesKey({ uid, iface, set, notCounted }: Growth): string {
  return ['live', iface ?? '', uid, set ?? '', notCounted ?? ''].join('|');
}

/** The columns of `volume` behind id and series. */
export function growthCells(growth: Growth): Cell[] {
  return [
    growth.fromUs,
    growth.toUs,
    growth.sent,
    growth.received,
    growth.sentPackets,
    growth.receivedPackets,
    growth.notCounted === null ? 1 : 0,
    growth.line,
    growth.offset,
    growth.errorUs,
  ];
}

/** Host times of an answer: of the answer itself where it is one of many, else of the evidence; of a file none are known. */
export function hostTimesOf(evidence: Evidence, head: SectionHead): HostTimes | null {
  const offset = {
    offsetUs: evidence.offsetMs === null ? null : Math.round(evidence.offsetMs * 1000),
    offsetErrorUs: evidence.offsetErrorMs === null ? null : Math.round(evidence.offsetErrorMs * 1000),
  };
  if (head.sample) return { beforeUs: head.sample.hostBeforeUs, afterUs: head.sample.hostAfterUs, ...offset };
  if (evidence.origin.kind === 'file') return null;
  const times: (Micros | null)[] = [microsOf(evidence.hostBefore), microsOf(evidence.hostAfter)];
  const [beforeUs, afterUs] = times;
  return beforeUs == null || afterUs == null ? null : { beforeUs, afterUs, ...offset };
}

/** Turns looks, in the order of a batch, into contacts, bytes between two looks, and what was watched. */
export class LookRows {
  readonly #sink: LookSink;
  readonly #contacts: ContactTracker;
  readonly #counters = new CounterTracker();
  readonly #sockets: StretchKeeper;
  readonly #counted: StretchKeeper;

  constructor(sink: LookSink) {
    this.#sink = sink;
    this.#contacts = new ContactTracker({ closed: (contact) => sink.contact(contactCells(contact)) });
    const watched = (source: string) => (stretch: Stretch) => {
      // A single look covers no time.
      if (stretch.looks > 1) sink.watched([stretch.section, source, stretch.fromUs, stretch.toUs, stretch.looks]);
    };
    this.#sockets = new StretchKeeper(watched('live sockets'));
    this.#counted = new StretchKeeper(watched('live counters'));
  }

  /** One answer is over. */
  take(gathered: GatheredLook, section: number, head: SectionHead, evidence: Evidence): void {
    const { look } = gathered;
    if (!look) return;
    const timed: TimedLook | null = timeOf(look.record, hostTimesOf(evidence, head), head.sample ?? null);
    if (timed === null) {
      if (gathered.sockets.length > 0) {
        this.#sink.warn(section, look.at, null, 'No time stands with these sockets: they are kept and make no events.');
      }
      return;
    }
    if (look.record.parts.some((part) => /^(?:tcp|udp)6?$/.test(part))) {
      this.#sockets.look(timed, section);
      this.#contacts.look(gathered.sockets, timed, section);
    }
    if (look.record.parts.includes('apps')) {
      this.#counted.look(timed, section);
      const { growth, faults } = this.#counters.look(gathered.counters, gathered.sets, timed);
      for (const one of growth) this.#sink.growth(section, one);
      for (const { reason, text, at } of faults)
        this.#sink.warn(section, at.line === null ? look.at : at, text, reason);
    }
  }

  /** The batch is over. */
  end(): void {
    this.#contacts.end();
    this.#sockets.end();
    this.#counted.end();
    this.#counters.end();
  }
}
