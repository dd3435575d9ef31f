import type { Connection } from './connections.ts';
import { type Dice, diceOf } from './random.ts';
import { SECOND_US } from './time.ts';

/** One packet of a connection. Bytes are those that netstats counts: the whole IP packet with its headers. */
export interface Packet {
  /** True time, microseconds of UTC. */
  readonly atUs: number;
  readonly sent: boolean;
  readonly bytes: number;
  readonly payload: number;
  /** TCP flags; 0 for UDP. */
  readonly flags: number;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const PSH = 0x08;
export const ACK = 0x10;

/** Bytes of the headers of IP and what is above it. A SYN carries four more, for its largest segment. */
export function headerBytes(connection: Connection): number {
  const ip = connection.local.ip.includes(':') ? 40 : 20;
  return ip + (connection.protocol === 'tcp' ? 20 : 8);
}

function exchange(connection: Connection, dice: Dice, first: boolean): { sent: number; payload: number }[] {
  const { waits } = connection;
  const out: { sent: number; payload: number }[] = [];
  const asks = waits ? 1 : 1 + Math.floor(dice.next() * 3);
  for (let n = 0; n < asks; n++) {
    out.push({ sent: 1, payload: first && n === 0 ? 517 : Math.floor(24 + dice.next() ** 2 * (waits ? 90 : 900)) });
  }
  // Most answers are small; now and then a picture or a list comes.
  const answers = waits ? 1 : dice.chance(0.12) ? 6 + Math.floor(dice.next() * 20) : 1 + Math.floor(dice.next() * 3);
  for (let n = 0; n < answers; n++) {
    const full = answers > 4 && n < answers - 1;
    out.push({ sent: 0, payload: full ? 1380 : Math.floor(20 + dice.next() ** 2 * (waits ? 120 : 1200)) });
    if (n % 2 === 1) out.push({ sent: 1, payload: 0 });
  }
  return out;
}

/** Every packet of a connection in order, from its first to its last. Those of one connection are its own at every look. */
export function* packetsOf(connection: Connection, seed: number): Iterable<Packet> {
  const tcp = connection.protocol === 'tcp';
  const head = headerBytes(connection);
  const dice = diceOf(seed, 'packets', connection.key);
  const { fromUs, toUs } = connection;
  let atUs = fromUs;
  const packet = (sent: boolean, payload: number, flags: number): Packet => {
    const bytes = head + payload + (flags & SYN ? 4 : 0);
    return { atUs, sent, bytes, payload, flags: tcp ? flags : 0 };
  };
  const later = (): void => {
    atUs += 4000 + Math.floor(dice.next() * 26_000);
  };
  if (tcp) {
    for (const [sent, flags] of [
      [true, SYN],
      [false, SYN | ACK],
      [true, ACK],
    ] as const) {
      yield packet(sent, 0, flags);
      later();
    }
  }
  // The last second belongs to the parting.
  for (let first = true; atUs < toUs - 400_000; first = false) {
    for (const { sent, payload } of exchange(connection, dice, first)) {
      if (atUs >= toUs - 200_000) break;
      // A datagram without content acknowledges nothing.
      if (tcp || payload > 0) yield packet(sent === 1, payload, payload > 0 ? PSH | ACK : ACK);
      later();
    }
    atUs += Math.floor(connection.paceS * (0.5 + dice.next()) * SECOND_US);
  }
  if (!tcp) return;
  atUs = Math.max(fromUs, toUs - 120_000);
  for (const [sent, flags] of [
    [true, FIN | ACK],
    [false, FIN | ACK],
    [true, ACK],
  ] as const) {
    yield packet(sent, 0, flags);
    atUs += 30_000;
  }
}
