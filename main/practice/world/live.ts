import { type Connection, connectionsBetween } from './connections.ts';
import { type Amounts, DEFAULT, type Entry } from './ledger.ts';
import { type Ident, tunnel } from './networks.ts';
import { packetsOf } from './packets.ts';
import { HOUR_US, MINUTE_US } from './time.ts';
import { bookings } from './traffic.ts';
import type { World } from './world.ts';

/** What went over connections in a span under one uid, in one set, on one network. */
export interface Carried extends Amounts {
  readonly ident: Ident;
  readonly uid: number;
  readonly set: number;
}

const zero = (): Amounts => ({ sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 });

function add(to: Amounts, from: Amounts, sign = 1): void {
  to.sent += sign * from.sent;
  to.received += sign * from.received;
  to.sentPackets += sign * from.sentPackets;
  to.receivedPackets += sign * from.receivedPackets;
}

/** Adds rows of the same uid, set and network. */
class Rows {
  readonly #byIdent = new Map<Ident, Map<string, Carried>>();
  add({ ident, uid, set }: Pick<Carried, 'ident' | 'uid' | 'set'>, amounts: Amounts, sign = 1): void {
    let rows = this.#byIdent.get(ident);
    if (!rows) {
      rows = new Map();
      this.#byIdent.set(ident, rows);
    }
    const key = `${uid} ${set}`;
    let row = rows.get(key);
    if (!row) {
      row = { ident, uid, set, ...zero() };
      rows.set(key, row);
    }
    add(row, amounts, sign);
  }
  all(): Carried[] {
    return [...this.#byIdent.values()].flatMap((rows) => [...rows.values()]);
  }
}

/** What the connection had carried until then, both ways. */
function until(connection: Connection, seed: number, fromUs: number, toUs: number): [Amounts, Amounts] {
  const [before, then] = [zero(), zero()];
  for (const packet of packetsOf(connection, seed)) {
    if (packet.atUs > toUs) break;
    const amounts = packet.sent
      ? { ...zero(), sent: packet.bytes, sentPackets: 1 }
      : { ...zero(), received: packet.bytes, receivedPackets: 1 };
    add(then, amounts);
    if (packet.atUs <= fromUs) add(before, amounts);
  }
  return [before, then];
}

/**
 * The account of what goes over the connections of a phone that is running: it is made of their packets, so that the open sockets,
 * the kernel's counters and a capture tell one story.
 */
export class LiveAccount {
  /** Sums that only grow, by the start of the phone and of the span: up to a whole minute, so that a phone may run for days. */
  readonly #sums = new Map<string, { untilUs: number; readonly rows: Rows }>();

  /**
   * What the connections of that world carried between two instants: (from, to], so that neighbouring spans neither share nor
   * lose a packet. The world says when the phone was started.
   */
  between(world: World, fromUs: number, toUs: number): Carried[] {
    if (toUs <= fromUs) return [];
    const wholeUs = Math.floor(toUs / MINUTE_US) * MINUTE_US;
    const out = new Rows();
    if (wholeUs <= fromUs) {
      this.#add(world, fromUs, toUs, out);
      return out.all();
    }
    const key = `${world.bootUs} ${fromUs}`;
    let sum = this.#sums.get(key);
    if (!sum || sum.untilUs > wholeUs) {
      sum = { untilUs: fromUs, rows: new Rows() };
      this.#sums.set(key, sum);
    }
    if (sum.untilUs < wholeUs) this.#add(world, sum.untilUs, wholeUs, sum.rows);
    sum.untilUs = wholeUs;
    for (const row of sum.rows.all()) out.add(row, row);
    this.#add(world, wholeUs, toUs, out);
    return out.all();
  }

  #add(world: World, fromUs: number, toUs: number, rows: Rows): void {
    for (const connection of connectionsBetween(world, fromUs, toUs)) this.#part(world, connection, fromUs, toUs, rows);
  }

  #part(world: World, connection: Connection, fromUs: number, toUs: number, rows: Rows): void {
    const { book } = world.life;
    const { uid } = connection;
    const ident = book.of(connection.network);
    const vpnUid = world.vpnApp?.appId ?? null;
    const tunnelled = uid !== vpnUid && uid >= 10_000 && uid < 100_000 && world.life.vpnAt(connection.fromUs);
    const vpn = vpnUid !== null && tunnelled ? { uid: vpnUid, ident: book.of(tunnel(connection.network)) } : null;
    const [before, then] = until(connection, world.options.seed, fromUs, toUs);
    // The shares of a tunnel are rounded: what is booked is the difference of two sums, so that spans add up.
    for (const one of bookings(then, vpn, { ident, uid, set: DEFAULT })) rows.add(one, one.amounts);
    for (const one of bookings(before, vpn, { ident, uid, set: DEFAULT })) rows.add(one, one.amounts, -1);
  }
}

/** What was carried as rows of the account, all in the hour in which the span began. */
export function entriesOf(carried: readonly Carried[], fromUs: number): Entry[] {
  const hourUs = Math.floor(fromUs / HOUR_US) * HOUR_US;
  return carried
    .filter((one) => one.sentPackets + one.receivedPackets + one.sent + one.received > 0)
    .map((one) => ({ ...one, hourUs, trueUs: fromUs, tag: 0 }));
}
