import { MOBILE, VPN } from '../world/networks.ts';
import type { World } from '../world/world.ts';

/** Name of the interface behind a type of network. */
export function interfaceOf(type: number, world: World): string {
  if (type === VPN) return 'tun0';
  if (type === MOBILE || type > 1)
    return world.model.board.startsWith('mt') ? 'ccmni1' : world.sdk >= 23 ? 'rmnet_data0' : 'rmnet0';
  return 'wlan0';
}
