import type { Home } from './homes.ts';
import { type Ident, IdentBook, IMS, mobile, type NetworkSpec, wifi } from './networks.ts';
import { type Dice, diceOf, hashOf } from './random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from './time.ts';

export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** A stretch of a day spent on one network. */
interface Stay extends Span {
  readonly network: NetworkSpec;
}

export interface Day {
  readonly number: number;
  readonly startUs: number;
  readonly wakeUs: number;
  readonly sleepUs: number;
  readonly weekend: boolean;
  readonly trip: 'abroad' | 'inland' | null;
  readonly stays: readonly Stay[];
}

export interface LifeQuestion {
  readonly seed: number;
  readonly sdk: number;
  readonly home: Home;
  readonly byRadio: boolean;
  readonly vpn: boolean;
  readonly setupUs: number;
}

/** The owner's days: where the phone was, on which network, awake or not, on or off. A pure function of the seed and the time. */
export class Life {
  readonly book = new IdentBook();
  readonly subscriber: string;
  readonly #q: LifeQuestion;
  readonly #days = new Map<number, Day>();
  readonly #offs = new Map<number, readonly Span[]>();
  #onSinceUs = Number.POSITIVE_INFINITY;

  constructor(q: LifeQuestion) {
    this.#q = q;
    const digits = String(hashOf(q.seed, 'imsi')).padStart(10, '0') + String(hashOf(q.seed, 'imsi', 2));
    this.subscriber = (q.home.plmn + digits).slice(0, 15);
  }

  /** Number of the local day. */
  dayOf(us: number): number {
    return Math.floor((us + this.#q.home.standardMinutes * MINUTE_US) / DAY_US);
  }

  day(number: number): Day {
    let day = this.#days.get(number);
    if (!day) {
      day = this.#live(number);
      this.#days.set(number, day);
    }
    return day;
  }

  /** The network that carried ordinary traffic at that time, or null: the phone was off. */
  networkAt(us: number): NetworkSpec | null {
    if (this.isOff(us)) return null;
    const { stays } = this.day(this.dayOf(us));
    return stays.find((stay) => us < stay.toUs)?.network ?? stays.at(-1)!.network;
  }

  /** When within that span the phone first left the network on which it was at the start, or null. */
  changeWithin(fromUs: number, toUs: number): number | null {
    const first = this.networkAt(fromUs);
    const edges: number[] = [];
    for (let n = this.dayOf(fromUs); n <= this.dayOf(toUs); n++) {
      for (const stay of this.day(n).stays) edges.push(stay.toUs);
      for (const off of this.offsOf(n)) edges.push(off.fromUs);
    }
    const same = (us: number): boolean => {
      const then = this.networkAt(us);
      return then === first || (then !== null && first !== null && this.book.of(then) === this.book.of(first));
    };
    return edges.sort((a, b) => a - b).find((us) => us > fromUs && us <= toUs && !same(us)) ?? null;
  }

  /** The mobile network at that time, also while Wi-Fi carried the traffic. */
  mobileAt(us: number, defaultNetwork: boolean): NetworkSpec {
    const day = this.day(this.dayOf(us));
    const rat = this.#rat(diceOf(this.#q.seed, 'idle radio', day.number, Math.floor(us / (6 * HOUR_US))));
    return { ...mobile(this.subscriber, rat, day.trip === 'abroad', 1), defaultNetwork };
  }

  /** Calls over the data network have their own. */
  imsAt(us: number): Ident {
    return this.book.of({ ...this.mobileAt(us, false), type: IMS, metered: this.#q.sdk < 28 });
  }

  /** Whether the owner's VPN was up. */
  vpnAt(us: number): boolean {
    if (!this.#q.vpn || this.#q.sdk < 22) return false;
    const number = this.dayOf(us);
    const phase = hashOf(this.#q.seed, 'vpn') % 22;
    const round = Math.floor((number + phase) / 22);
    const dice = diceOf(this.#q.seed, 'vpn span', round);
    const first = dice.whole(1, 10);
    const within = number + phase - round * 22;
    if (within < first || within > first + dice.whole(3, 8)) return false;
    const hour = (us - this.day(number).startUs) / HOUR_US;
    return dice.chance(0.35) || hour >= 19 || hour < 1;
  }

  /** The times of that day at which the phone was not running. */
  offsOf(number: number): readonly Span[] {
    let spans = this.#offs.get(number);
    if (!spans) {
      const startUs = number * DAY_US - this.#q.home.standardMinutes * MINUTE_US;
      const dice = diceOf(this.#q.seed, 'off', number);
      const from = startUs + dice.whole(7 * 60, 23 * 60) * MINUTE_US + dice.whole(0, 59) * SECOND_US;
      const kind = dice.next();
      const lasts =
        kind < 0.09
          ? dice.whole(70, 200) * SECOND_US
          : kind < 0.12
            ? dice.whole(150, 320) * MINUTE_US
            : kind < 0.14
              ? dice.whole(14, 38) * HOUR_US
              : 0;
      spans = lasts === 0 ? [] : [{ fromUs: from, toUs: from + lasts }];
      this.#offs.set(number, spans);
    }
    return spans;
  }

  /** From that time on the phone lies on the examiner's desk and is kept running. */
  keepOn(sinceUs: number): void {
    this.#onSinceUs = sinceUs;
  }

  isOff(us: number): boolean {
    if (us >= this.#onSinceUs) return false;
    const number = this.dayOf(us);
    for (let n = number - 2; n <= number; n++)
      for (const off of this.offsOf(n)) if (us >= off.fromUs && us < off.toUs) return true;
    return false;
  }

  /** When the phone last started before that time. */
  bootBefore(us: number): number {
    const number = this.dayOf(us);
    let best = this.#q.setupUs - 4 * MINUTE_US;
    for (let n = number; n > number - 120; n--)
      for (const off of this.offsOf(n)) if (off.toUs <= us && off.toUs > best && !this.isOff(off.toUs)) best = off.toUs;
    return best;
  }

  #rat(dice: Dice): number {
    const { sdk, byRadio } = this.#q;
    const roll = dice.next();
    if (!byRadio) return -1;
    if (sdk >= 30) return roll < 0.25 ? 20 : roll < 0.4 && sdk >= 31 ? -2 : roll < 0.91 ? 13 : roll < 0.96 ? 3 : 0;
    return roll < 0.8 ? 13 : roll < 0.95 ? 3 : 16;
  }

  #trip(number: number): { kind: 'abroad' | 'inland'; index: number } | null {
    const phase = hashOf(this.#q.seed, 'trips') % 30;
    const round = Math.floor((number + phase) / 30);
    const dice = diceOf(this.#q.seed, 'trip', round);
    if (!dice.chance(0.65)) return null;
    const first = dice.whole(2, 20);
    const index = number + phase - round * 30 - first;
    if (index < 0 || index > dice.whole(1, 5)) return null;
    return { kind: dice.chance(0.55) ? 'abroad' : 'inland', index };
  }

  #live(number: number): Day {
    const { seed, sdk, home } = this.#q;
    const dice = diceOf(seed, 'day', number);
    const startUs = number * DAY_US - home.standardMinutes * MINUTE_US;
    const weekday = (((number + 4) % 7) + 7) % 7;
    const weekend = weekday === 0 || weekday === 6;
    const trip = this.#trip(number);
    const at = (hour: number): number => startUs + Math.round(hour * 3600) * SECOND_US;
    const wake = (weekend ? 8.6 : 6.7) + dice.normal() * 0.6;
    const sleep = (weekend ? 23.4 : 22.7) + dice.normal() * 0.5;
    const stays: Stay[] = [];
    let last = startUs;
    const until = (hour: number, network: NetworkSpec): void => {
      const toUs = Math.min(Math.max(at(hour), last), startUs + DAY_US);
      if (toUs > last) stays.push({ fromUs: last, toUs, network });
      last = toUs;
    };
    const secure = sdk >= 30 ? 'wpa3-sae' : 'wpa2-psk';
    const hotspot = wifi(home.wifi[4]!, sdk >= 34 ? 'wpa2-psk-0' : 'wpa2-psk', true);
    const homeNet = wifi(home.wifi[0]!, 'wpa2-psk', false);
    const work = wifi(home.wifi[2]!, hashOf(seed, 'work net') % 2 ? 'wpa2-eap' : secure, false);
    const out = (): NetworkSpec => mobile(this.subscriber, this.#rat(dice), trip?.kind === 'abroad', 1);
    if (trip) {
      const hotel = wifi(trip.kind === 'abroad' ? home.abroad.ssid : home.wifi[3]!, 'open', false);
      until(wake + 1 + dice.next() * 2, trip.index === 0 ? homeNet : hotel);
      until(12 + dice.next() * 2, out());
      if (dice.chance(0.4)) until(15, hotspot);
      until(18 + dice.next() * 3, out());
      until(24, hotel);
    } else if (weekend) {
      until(wake + 2 + dice.next() * 3, homeNet);
      if (dice.chance(0.8)) {
        until(13 + dice.next() * 3, out());
        if (dice.chance(0.5)) until(17, wifi(home.wifi[3]!, 'open', false));
        if (dice.chance(0.25)) until(18, hotspot);
        until(18 + dice.next() * 3, out());
      }
      until(24, homeNet);
    } else {
      const atHome = hashOf(seed, 'works at home') % 4 === 0;
      until(wake + 0.8 + dice.next() * 0.6, homeNet);
      if (!atHome) {
        until(9 + dice.next() * 0.6, out());
        until(12.3 + dice.next() * 0.5, work);
        until(13.3, out());
        until(17 + dice.next() * 1.5, work);
        until(18.6 + dice.next(), out());
      } else if (dice.chance(0.5)) {
        until(12, homeNet);
        until(14, out());
      }
      if (dice.chance(0.2)) until(21, wifi(home.wifi[1]!, secure, false));
      until(24, homeNet);
    }
    return { number, startUs, wakeUs: at(wake), sleepUs: at(sleep), weekend, trip: trip?.kind ?? null, stays };
  }
}
