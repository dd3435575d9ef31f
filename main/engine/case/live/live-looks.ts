import type { LiveSample } from '../../acquire/from-device/live/beat.ts';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { ParseOutput } from '../../model/parse-output.ts';
import type { Place, SectionHead } from '../../model/place.ts';
import type { ArtifactRecord } from '../../model/record.ts';
import { type Contact, ContactTracker } from '../../normalise/contacts.ts';
import { CounterTracker, type Growth } from '../../normalise/counters.ts';
import { GatheredLook } from '../../normalise/look-rows.ts';
import { type Stretch, StretchKeeper, type TimedLook, timeOf } from '../../normalise/looks.ts';
import { artifacts } from '../../parse/artifacts/index.ts';
import { readSample } from '../../parse/sections/sample-segment.ts';

/** Holds what one answer says. */
class OneLook implements ParseOutput {
  readonly gathered = new GatheredLook();
  head: SectionHead | null = null;
  section(head: SectionHead): number {
    this.head = head;
    return 0;
  }
  record(_section: number, record: ArtifactRecord, at: Place): void {
    if (
      record.kind === 'socket' ||
      record.kind === 'counter' ||
      record.kind === 'counter set' ||
      record.kind === 'look'
    ) {
      this.gathered.take(record, at);
    }
  }
  warn(): void {}
  sectionEnd(): void {}
  unrecognised(): void {}
}

/** What is told of answers as they come, in the terms of the rows that they will become. */
export interface LooksListener {
  contact(contact: Contact): void;
  growth(section: number, growth: Growth): void;
  /** A stretch that goes on, or has just ended; `source` as in the coverage. */
  watched(source: 'live sockets' | 'live counters', stretch: Stretch): void;
}

/**
 * Reads answers of the loop as they come, by the same artifacts and the same trackers as the case is derived with. Rows of it are
 * only to be looked at; what is counted comes from the evidence.
 */
export class LiveLooks {
  readonly contacts: ContactTracker;
  readonly #listener: LooksListener;
  readonly #counters = new CounterTracker();
  readonly #sockets = new StretchKeeper(() => {});
  readonly #counted = new StretchKeeper(() => {});

  #connectionsSeen = false;

  /** Connections open at the last look; null where the phone has not shown any table of them. */
  get openNow(): readonly Contact[] | null {
    return this.#connectionsSeen ? this.contacts.open : null;
  }

  constructor(listener: LooksListener) {
    this.#listener = listener;
    const told = (contact: Contact) => listener.contact(contact);
    this.contacts = new ContactTracker({ opened: told, seen: told, closed: told });
  }

  /** Reads one answer; gives when the phone was looked at, or null where it told nothing. */
  take(sample: LiveSample, section: number, offset: ClockOffset | null): TimedLook | null {
    const { row, head, stretch, bytes, place } = sample;
    const artifact = artifacts.find(({ reads }) => reads.includes(row.section)) ?? null;
    const one = new OneLook();
    const at = { member: null, fileName: row.title, line: place.line, offset: place.offset };
    readSample(one, artifact, { section: row.section, stretch }, head, Buffer.from(bytes), at);
    const { look, sockets, counters, sets } = one.gathered;
    if (!look) return null;
    const host = {
      beforeUs: head.hostBeforeUs,
      afterUs: head.hostAfterUs,
      offsetUs: offset && Math.round(offset.offsetMs * 1000),
      offsetErrorUs: offset && Math.round(offset.errorMs * 1000),
    };
    const timed = timeOf(look.record, host, one.head?.sample ?? null);
    if (!timed) return null;
    if (look.record.parts.some((part) => /^(?:tcp|udp)6?$/.test(part))) {
      this.#connectionsSeen = true;
      this.#sockets.look(timed, section);
      this.contacts.look(sockets, timed, section);
      if (this.#sockets.open) this.#listener.watched('live sockets', this.#sockets.open);
    }
    if (look.record.parts.includes('apps')) {
      this.#counted.look(timed, section);
      for (const growth of this.#counters.look(counters, sets, timed).growth) this.#listener.growth(section, growth);
      if (this.#counted.open) this.#listener.watched('live counters', this.#counted.open);
    }
    return timed;
  }
}
