import type { LiveView } from '../../../../shared/types/task.ts';
import type { Contact } from '../../normalise/contacts.ts';
import type { Growth } from '../../normalise/counters.ts';

/** Of what moved in the last minute the first eight are shown. */
const WHILE_US = 60_000_000;
const SHOWN = 8;
const MOST_GAPS = 500;

interface Moved {
  readonly uid: number;
  readonly atUs: number;
  readonly sent: number;
  readonly received: number;
}

/** What a live acquisition has seen so far, for the screen. */
export class LiveSight {
  state: LiveView['state'] = 'watching';
  packetBytes: number | null;
  readonly #startedUs: number;
  readonly #counters: boolean;
  readonly #nameOf: (uid: number) => string;
  #lastUs: number | null = null;
  #rounds = 0;
  #sent = 0;
  #received = 0;
  #moved: Moved[] = [];
  readonly #gaps: { fromUs: number; toUs: number | null }[] = [];

  constructor(about: {
    readonly startedUs: number;
    readonly counters: boolean;
    readonly packets: boolean;
    nameOf(uid: number): string;
  }) {
    this.#startedUs = about.startedUs;
    this.#counters = about.counters;
    this.#nameOf = about.nameOf;
    this.packetBytes = about.packets ? 0 : null;
  }

  /** An answer to the row that sets the pace. `anew`: it begins a new stretch. */
  round(atUs: number, anew: boolean): void {
    const open = this.#gaps.at(-1);
    if (open?.toUs === null) open.toUs = Math.max(open.fromUs, atUs);
    else if (anew && this.#lastUs !== null && this.#gaps.length < MOST_GAPS) {
      this.#gaps.push({ fromUs: this.#lastUs, toUs: Math.max(this.#lastUs, atUs) });
    }
    this.#rounds += 1;
    this.#lastUs = atUs;
  }

  look(atUs: number): void {
    this.#lastUs = Math.max(this.#lastUs ?? atUs, atUs);
  }

  lost(atUs: number): void {
    this.state = 'waiting';
    if (this.#gaps.at(-1)?.toUs !== null && this.#gaps.length < MOST_GAPS) {
      this.#gaps.push({ fromUs: this.#lastUs ?? atUs, toUs: null });
    }
  }

  growth({ uid, toUs, sent, received, notCounted }: Growth): void {
    if (notCounted !== 'vpn tunnel') {
      this.#sent += sent;
      this.#received += received;
    }
    this.#moved.push({ uid, atUs: toUs, sent, received });
  }

  /** `open`: the connections of the last look; null where there was none, which is not the same as no connection. */
  view(open: readonly Contact[] | null): LiveView {
    const since = (this.#lastUs ?? 0) - WHILE_US;
    this.#moved = this.#moved.filter(({ atUs }) => atUs >= since);
    const byUid = new Map<number, { sent: number; received: number }>();
    for (const { uid, sent, received } of this.#moved) {
      const sum = byUid.get(uid) ?? { sent: 0, received: 0 };
      byUid.set(uid, { sent: sum.sent + sent, received: sum.received + received });
    }
    const busiest = [...byUid]
      .map(([uid, sum]) => ({ uid, name: this.#nameOf(uid), ...sum }))
      .sort((a, b) => b.sent - a.sent || b.received - a.received || a.uid - b.uid)
      .slice(0, SHOWN);
    return {
      state: this.state,
      startedUs: this.#startedUs,
      lastUs: this.#lastUs,
      rounds: this.#rounds,
      sockets: open?.length ?? null,
      uids: open && new Set(open.map(({ uid }) => uid).filter((uid) => uid !== null)).size,
      sent: this.#counters ? this.#sent : null,
      received: this.#counters ? this.#received : null,
      gaps: this.#gaps.map((gap) => ({ ...gap })),
      busiest,
      packetBytes: this.packetBytes,
    };
  }
}
