import type { ConnectFailure } from '../types/device.ts';

const where = 'in “Wireless debugging” on the phone';

/** One sentence on what came of pairing. `said` is the adb server's own text, made plain before. */
export function pairSentence(failure: ConnectFailure | null, address: string, said: string): string {
  switch (failure) {
    case null:
      return `The phone at ${address} is paired with this computer. It appears by itself where the network lets it; else connect to the address that “Wireless debugging” itself shows, whose port is another one.`;
    case 'bad-address':
      return `“${address}” is no address to pair with: it takes address and port as the phone shows them under “Pair device with pairing code”, such as 192.168.1.20:37099.`;
    case 'bad-code':
      return 'The pairing code is the six digits that the phone shows.';
    case 'wrong-code':
      return `The phone at ${address} refused the code, or its window was closed: open “Pair device with pairing code” again ${where} and use the new address and code at once.`;
    case 'server-too-old':
      return 'The adb server that runs here does not know pairing: it takes adb 30 (2020) or later. Take Google’s Platform-Tools, name its adb in PHONEHOME_ADB, and end the old server with “adb kill-server”.';
    case 'unreachable':
    case 'refused':
    case 'no-such-host':
      return `Nothing takes a pairing at ${address}: the window with the code must be open on the phone, phone and computer in the same network, and the address the one in that window.`;
    default:
      return common(failure, address, said, 'Pairing');
  }
}

/** The phone was paired and has appeared in the list by itself. */
export function pairedAndListed(address: string): string {
  return `The phone at ${address} is paired with this computer and connected.`;
}

/** The connection stands, and the phone asks its owner first. */
export function waitsForAllow(address: string): string {
  return `The phone at ${address} is connected and asks on its screen whether this computer may debug it: unlock it and tap “Allow”.`;
}

/** One sentence on what came of connecting. `already`: it was connected before. */
export function connectSentence(
  failure: ConnectFailure | null,
  address: string,
  said: string,
  already = false,
): string {
  switch (failure) {
    case null:
      return already ? `The phone at ${address} was connected already.` : `The phone at ${address} is connected.`;
    case 'bad-address':
      return `“${address}” is no address to connect to: it takes address and port as “Wireless debugging” on the phone shows them, such as 192.168.1.20:41235.`;
    case 'not-authorised':
      return `The phone at ${address} does not know this computer: from Android 11 on pair it first, with the code under “Pair device with pairing code”; on older phones, tap “Allow” on its screen and connect again.`;
    case 'refused':
      return `Nothing at ${address} takes the connection: the port changes each time wireless debugging is switched on, and is not the one of pairing; look at it again ${where}.`;
    case 'unreachable':
      return `${address} cannot be reached: phone and computer must be in the same network, with the phone’s Wi-Fi on and its screen unlocked; guest networks often keep devices apart.`;
    case 'no-such-host':
      return `The name in ${address} is not known in this network: use the numbers that “Wireless debugging” on the phone shows.`;
    default:
      return common(failure, address, said, 'Connecting');
  }
}

function common(failure: ConnectFailure, address: string, said: string, doing: string): string {
  switch (failure) {
    case 'no-server':
      return `${doing} takes an adb server, and none runs here: ${said}`;
    case 'server-died':
      return `The adb server hung up while ${doing.toLowerCase()} with ${address}, as some versions of it do: try again, and if it does the same, take newer Platform-Tools.`;
    case 'no-answer':
      return `${doing} with ${address} came to no end: the phone may have gone out of the network; try again.`;
    default:
      return `${doing} with ${address} did not work; the adb server says “${said}”.`;
  }
}
