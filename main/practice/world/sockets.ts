import { addressOn, connectionsBetween } from './connections.ts';
import { SECOND_US } from './time.ts';
import type { World } from './world.ts';

/** One socket of the phone at an instant. Addresses are of the blocks that are reserved for documentation. */
export interface PracticeSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly uid: number;
  readonly local: { readonly ip: string; readonly port: number };
  readonly remote: { readonly ip: string; readonly port: number };
  /** `closing`: the app is gone and the kernel still waits. */
  readonly state: 'established' | 'closing' | 'listening';
  /** Apps open sockets of both families in one; the system's own speak IPv4 only. */
  readonly dual: boolean;
  readonly inode: number;
}

const closingUs = 20 * SECOND_US;

/** The address that the phone itself has on the network of that moment, or null while it is off. */
export function ownAddress(world: World, atUs: number): string | null {
  const network = world.life.networkAt(atUs);
  return network === null ? null : addressOn(world.options.seed, network);
}

/**
 * Every socket that is open at that true time, in an order of its own; none carries traffic that the account lacks a user for.
 * A TCP connection that ended stays for a while, without its owner.
 */
export function socketsAt(world: World, atUs: number): PracticeSocket[] {
  const adb: PracticeSocket = {
    protocol: 'tcp',
    uid: 2000,
    local: { ip: '127.0.0.1', port: 5037 },
    remote: { ip: '0.0.0.0', port: 0 },
    state: 'listening',
    dual: false,
    inode: 10_321,
  };
  if (ownAddress(world, atUs) === null) return [adb];
  const open = connectionsBetween(world, atUs - closingUs, atUs)
    .filter((one) => atUs < one.toUs || (one.protocol === 'tcp' && atUs < one.toUs + closingUs))
    .map((one): PracticeSocket => {
      const { protocol, uid, local, remote, dual, inode } = one;
      return { protocol, uid, local, remote, dual, inode, state: atUs < one.toUs ? 'established' : 'closing' };
    });
  return [adb, ...open];
}
