import type { PracticeApp, Visitor } from './apps.ts';
import type { CloudRole } from './catalog/catalog.ts';
import { leftOf, opensStill } from './cloud.ts';
import { type Habit, habits, type Size } from './habits.ts';
import { type Amounts, DEFAULT, type Entry, FOREGROUND, overHours, VPN_IN, VPN_OUT } from './ledger.ts';
import type { Day, Life } from './life.ts';
import { type Ident, type NetworkSpec, SUPL, tunnel, WIFI } from './networks.ts';
import { type Dice, diceOf } from './random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from './time.ts';

/** Someone on the phone who uses the network: an app of a user, a part of the system, or the tethered. */
export interface Actor {
  /** Names its dice; never changes over the life of the phone. */
  readonly key: string;
  readonly uid: number;
  /** The package and the Android user, or null and 0 for a part of the system. */
  readonly package: string | null;
  readonly user: number;
  readonly habit: Habit;
  readonly weight: number;
  readonly fromUs: number;
  /** Removed at that time: its history stands under uid -4 since then. */
  readonly removedUs: number | null;
  readonly role: CloudRole | null;
  /** Whether its traffic goes through the owner's VPN when that is up. */
  readonly tunnelled: boolean;
  readonly kind: 'app' | 'system' | 'ims' | 'gps' | 'tethering';
}

export interface TrafficQuestion {
  readonly seed: number;
  readonly sdk: number;
  readonly life: Life;
  readonly actors: readonly Actor[];
  readonly vpnUid: number | null;
  readonly fromUs: number;
  /** The last poll: what ended later is not in the history yet. */
  readonly toUs: number;
  readonly tagsFromUs: number;
  readonly cloudOffSinceUs: number | null;
}

/** An app in front of its user, from when to when; true time, microseconds of UTC. */
export interface FrontSession {
  readonly package: string;
  readonly user: number;
  readonly fromUs: number;
  readonly toUs: number;
}

const REMOVED = -4;

function sizeOf([median, spread]: Size, dice: Dice, weight: number): number {
  return Math.max(40, Math.round(median * Math.exp(Math.log(spread) * dice.normal() * 0.8) * (0.6 + weight * 0.4)));
}

/** Packets for that many bytes: full ones where much is carried, small ones beside it. */
function packetsOf(bytes: number, mean: number): number {
  return bytes === 0 ? 0 : Math.max(1, Math.round(bytes / Math.min(mean, bytes)));
}

function amountsOf(sent: Size, received: Size, dice: Dice, weight: number): Amounts {
  const out = sizeOf(sent, dice, weight);
  const back = dice.chance(0.03) ? 0 : sizeOf(received, dice, weight);
  return {
    sent: out,
    received: back,
    sentPackets: packetsOf(out, out > 60_000 && out > back ? 900 + dice.next() * 400 : 70 + dice.next() * 260),
    receivedPackets: packetsOf(back, back > 60_000 ? 1100 + dice.next() * 300 : 120 + dice.next() * 500),
  };
}

function scaled(amounts: Amounts, share: number): Amounts {
  return {
    sent: Math.floor(amounts.sent * share),
    received: Math.floor(amounts.received * share),
    sentPackets: Math.floor(amounts.sentPackets * share),
    receivedPackets: Math.floor(amounts.receivedPackets * share),
  };
}

/** What a stretch of days left behind. */
export interface Lived {
  readonly entries: Entry[];
  /** By the time at which they began, of apps that are still there. */
  readonly sessions: FrontSession[];
}

/** Lives through the days and writes the account. */
export function trafficOf(q: TrafficQuestion): Lived {
  const lived: Lived = { entries: [], sessions: [] };
  const first = q.life.dayOf(q.fromUs) - 1;
  const last = q.life.dayOf(q.toUs);
  for (let number = first; number <= last; number++) {
    const day = q.life.day(number);
    for (const actor of q.actors) {
      if (actor.fromUs >= day.startUs + DAY_US) continue;
      if (actor.removedUs !== null && actor.removedUs < day.startUs) continue;
      actOn(q, actor, day, lived);
    }
  }
  lived.sessions.sort((a, b) => a.fromUs - b.fromUs || (a.package < b.package ? -1 : 1));
  return lived;
}

function actOn(q: TrafficQuestion, actor: Actor, day: Day, lived: Lived): void {
  const { entries } = lived;
  const dice = diceOf(q.seed, 'use', actor.key, day.number);
  const { habit } = actor;
  const mood = 0.5 + dice.next();
  const background = dice.count(1.9 * habit.background * mood * Math.min(actor.weight, 1.4));
  const foreground = dice.count(1.5 * habit.foreground * mood * actor.weight * (day.weekend ? 1.4 : 1));
  for (let n = 0; n < background; n++) {
    const atUs = day.startUs + Math.floor((dice.next() * DAY_US) / 1000) * 1000;
    const lasts = dice.chance(0.08) ? dice.whole(120, 1800) : dice.whole(1, 40);
    const amounts = amountsOf(habit.backgroundSent, habit.backgroundReceived, dice, actor.weight);
    const left = leftOf(actor.role, q.cloudOffSinceUs, atUs, dice.next());
    const tag = tagOf(habit, dice);
    const roll = dice.next();
    if (left > 0)
      write(q, actor, DEFAULT, atUs, lasts * SECOND_US, left < 1 ? scaled(amounts, left) : amounts, tag, roll, entries);
  }
  for (let n = 0; n < foreground; n++) {
    const atUs = Math.floor((day.wakeUs + dice.next() * (day.sleepUs - day.wakeUs)) / 1000) * 1000;
    const lasts = Math.ceil(habit.minutes * (0.2 + dice.next() * 1.8)) * MINUTE_US;
    const amounts = amountsOf(habit.foregroundSent, habit.foregroundReceived, dice, actor.weight);
    const tag = tagOf(habit, dice);
    const roll = dice.next();
    if (!opensStill(actor.role, q.cloudOffSinceUs, atUs)) continue;
    const written = write(q, actor, FOREGROUND, atUs, lasts, amounts, tag, roll, entries);
    if (written && actor.package !== null && actor.removedUs === null)
      lived.sessions.push({ package: actor.package, user: actor.user, fromUs: atUs, toUs: atUs + lasts });
  }
}

function tagOf(habit: Habit, dice: Dice): { tag: number; share: number } | null {
  const roll = dice.next();
  const share = dice.chance(0.5) ? 1 : 0.4 + dice.next() * 0.6;
  if (habit.tags.length === 0 || roll >= habit.tagged) return null;
  return { tag: dice.pick(habit.tags), share };
}

function networkFor(q: TrafficQuestion, actor: Actor, atUs: number, roll: number): Ident | null {
  const carrier = q.life.networkAt(atUs);
  if (carrier === null) return null;
  const { book } = q.life;
  if (actor.kind === 'tethering') return book.of(q.life.mobileAt(atUs, true));
  if (actor.kind === 'ims') return q.sdk >= 24 ? q.life.imsAt(atUs) : null;
  if (actor.kind === 'gps' && q.sdk <= 28) {
    const own = q.life.mobileAt(atUs, false);
    return q.sdk <= 23 ? book.of(own, { ...own, type: SUPL }) : book.of({ ...own, type: SUPL });
  }
  if (actor.kind === 'system' && carrier.type === WIFI) {
    const aside = { ...carrier, defaultNetwork: false };
    if (roll < 0.06) return book.of(q.life.mobileAt(atUs, false));
    if (roll < 0.09) return book.of(aside);
    // An open network is not the default one until its welcome page is passed: some polls see it as both.
    if (roll < 0.2 && carrier.security === 'open') return book.of(carrier, aside);
  }
  return book.of(carrier);
}

interface Booking {
  readonly ident: Ident;
  readonly uid: number;
  readonly set: number;
  readonly amounts: Amounts;
}

/**
 * Under whose number the bytes of one use stand: the app's own on the network that carried them, and where a VPN was up, once more
 * those of its tunnel, of its app and of the two rows for debugging (FORMATS 1.4).
 */
export function bookings(
  amounts: Amounts,
  vpn: { readonly uid: number; readonly ident: Ident } | null,
  own: { readonly ident: Ident; readonly uid: number; readonly set: number },
): Booking[] {
  const list: Booking[] = [{ ...own, amounts }];
  if (vpn === null) return list;
  const { ident } = own;
  list.push({ ...own, ident: vpn.ident, amounts: scaled(amounts, 0.96) });
  list.push({ ident, uid: vpn.uid, set: DEFAULT, amounts: scaled(amounts, 0.035) });
  list.push({ ident, uid: own.uid, set: VPN_IN, amounts });
  list.push({ ident, uid: vpn.uid, set: VPN_OUT, amounts });
  return list;
}

/** Writes one use of the network into the account; false where the phone could not have done it then. */
function write(
  q: TrafficQuestion,
  actor: Actor,
  set: number,
  atUs: number,
  lastsUs: number,
  amounts: Amounts,
  tag: { tag: number; share: number } | null,
  roll: number,
  entries: Entry[],
): boolean {
  const endUs = atUs + lastsUs;
  if (atUs < actor.fromUs || endUs > q.toUs || endUs <= q.fromUs) return false;
  if (actor.removedUs !== null && endUs > actor.removedUs) return false;
  if (q.life.isOff(endUs)) return false;
  const ident = networkFor(q, actor, atUs, roll);
  if (ident === null) return false;
  const removed = actor.removedUs !== null;
  const uid = removed ? REMOVED : actor.uid;
  const counted = removed ? DEFAULT : set;
  const put = (on: Ident, who: number, inSet: number, tagNumber: number, given: Amounts): void => {
    for (const { hourUs, part } of overHours(atUs, endUs, given)) {
      if (hourUs < (tagNumber === 0 ? q.fromUs : q.tagsFromUs)) continue;
      if (part.sent + part.received + part.sentPackets + part.receivedPackets === 0) continue;
      entries.push({
        hourUs,
        trueUs: Math.max(atUs, hourUs),
        ident: on,
        uid: who,
        set: inSet,
        tag: tagNumber,
        ...part,
      });
    }
  };
  const carrier = ident.members[0] as NetworkSpec;
  const inTunnel = actor.tunnelled && q.vpnUid !== null && actor.uid !== q.vpnUid && q.life.vpnAt(atUs);
  const tagIdent = inTunnel ? q.life.book.of(tunnel(carrier)) : ident;
  for (const one of bookings(amounts, inTunnel ? { uid: q.vpnUid!, ident: tagIdent } : null, {
    ident,
    uid,
    set: counted,
  }))
    put(one.ident, one.uid, one.set, 0, one.amounts);
  if (tag !== null && !removed)
    put(tagIdent, uid, counted, tag.tag, scaled(amounts, tag.share * (inTunnel ? 0.96 : 1)));
  return true;
}

/** The parts of the system that use the network under their own number. */
export function systemActors(sdk: number, tethering: boolean, setupUs: number): Actor[] {
  const actor = (key: string, uid: number, habit: string, kind: Actor['kind'] = 'system'): Actor => ({
    key,
    uid,
    package: null,
    user: 0,
    habit: habits[habit]!,
    weight: 1,
    fromUs: setupUs,
    removedUs: null,
    role: null,
    tunnelled: false,
    kind,
  });
  const list = [
    actor('root', 0, 'root'),
    actor('system', 1000, 'system'),
    actor('media', 1013, 'mediasrv'),
    actor('gps', 1021, 'gps', 'gps'),
    actor('phone', 1001, 'ims', 'ims'),
  ];
  if (sdk >= 26) list.push(actor('dns', 1051, 'dns'));
  if (sdk < 29) list.push(actor('dhcp', 1014, 'trace'));
  if (tethering) list.push(actor('tethering', -5, 'tethering', 'tethering'));
  if (tethering && sdk >= 26) list.push(actor('dns_tether', 1052, 'light'));
  return list;
}

/** The apps of every user, those removed again, and the sandboxes of Android 13 and later. */
export function appActors(
  seed: number,
  sdk: number,
  apps: readonly PracticeApp[],
  visitors: readonly Visitor[],
  setupUs: number,
): Actor[] {
  const out: Actor[] = [];
  const add = (app: PracticeApp, user: number, fromUs: number, removedUs: number | null, visit: number): void => {
    const habit = habits[app.habit]!;
    if (habit.background + habit.foreground === 0 || app.enabled === 3) return;
    const dice = diceOf(seed, 'weight', app.package, user);
    const idle = app.role === null && !app.system && dice.chance(0.2);
    const weight = (idle ? 0.08 : 0.5 + dice.next() ** 2 * 1.6) * (user === 0 ? 1 : 0.3);
    const kind: Actor['kind'] = app.habit === 'ims' ? 'ims' : app.appId < 10_000 ? 'system' : 'app';
    out.push({
      key: `${app.package}/${user}/${visit}`,
      uid: user * 100_000 + app.appId,
      package: app.package,
      user,
      habit,
      weight: visit !== 0 ? 1.3 : weight,
      fromUs,
      removedUs,
      role: app.role,
      tunnelled: user === 0 && visit === 0 && app.appId >= 10_000,
      kind,
    });
    if (sdk >= 33 && user === 0 && visit === 0 && !app.system && app.habit === 'ads')
      out.push({
        key: `${app.package}/sandbox`,
        uid: app.appId + 10_000,
        package: null,
        user: 0,
        habit: habits.sandbox!,
        weight: 1,
        fromUs,
        removedUs: null,
        role: null,
        tunnelled: true,
        kind: 'app',
      });
  };
  const visiting = new Set(visitors.filter((visitor) => visitor.removedUs === null).map((visitor) => visitor.app));
  for (const app of apps) {
    if (visiting.has(app)) continue;
    const fromUs = app.system ? setupUs : Math.max(app.firstInstallUs, setupUs);
    for (const user of app.users) add(app, user, user === 0 ? fromUs : fromUs + HOUR_US, null, 0);
  }
  for (const visitor of visitors)
    add(visitor.app, 0, visitor.installedUs, visitor.removedUs, Math.floor(visitor.installedUs / HOUR_US));
  return out;
}
