import { interfaceOf } from '../render/interfaces.ts';
import { framesOf } from '../render/packet-bytes.ts';
import { type Link, linkTypes, onLink, pcapHeader, pcapRecord } from '../render/pcap-bytes.ts';
import { type Connection, connectionsBetween } from '../world/connections.ts';
import { MOBILE, WIFI } from '../world/networks.ts';
import type { World } from '../world/world.ts';
import type { Program, Ran } from './shell.ts';

export interface CaptureSetup {
  readonly root: boolean;
  /** The phone of the moment. */
  readonly world: () => World;
  readonly nowUs: () => number;
}

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const betweenMs = 40;

/** Packets of all connections in that span, in the order in which they went. */
function frames(world: World, fromUs: number, toUs: number, iface: string, filter: Filter) {
  return connectionsBetween(world, fromUs, toUs)
    .filter((one) => filter(one))
    .filter((one) => iface === 'any' || interfaceOf(one.network.type, world) === iface)
    .flatMap((one) => [...framesOf(one, world.options.seed, fromUs, toUs)])
    .sort((a, b) => a.atUs - b.atUs);
}

/** The capture as it goes on; ends after `most` packets, or when its reader has gone. */
async function* capture(
  setup: CaptureSetup,
  iface: string,
  link: Link,
  snap: number,
  most: number,
  fromUs: number,
  filter: Filter,
): AsyncIterable<Uint8Array> {
  yield pcapHeader(linkTypes[link], snap);
  let lastUs = fromUs;
  for (let left = most; left > 0; ) {
    await wait(betweenMs);
    const nowUs = setup.nowUs();
    const world = setup.world();
    const records = frames(world, lastUs, nowUs, iface, filter)
      .slice(0, left)
      .map((frame) => {
        const bytes = onLink(frame, link);
        return pcapRecord(world.wallUs(frame.atUs), bytes.subarray(0, snap), bytes.length);
      });
    lastUs = nowUs;
    left -= records.length;
    // Also nothing is said, so that whoever waits with a limit is asked again.
    yield records.length > 0 ? Buffer.concat(records) : new Uint8Array();
  }
}

type Filter = (connection: Connection) => boolean;

/** Terms of pcap-filter joined by `and`: `tcp`, `udp`, `port N`, `tcp port N`, each with `not` before it or without. Null: no such term. */
function filterOf(words: readonly string[]): Filter | null {
  const terms = words.join(' ').split(' and ');
  const tests = terms.map((term): Filter | null => {
    const match = /^(not |! ?)?(?:(tcp|udp)(?: port (\d+))?|port (\d+))$/.exec(term.trim());
    if (!match) return null;
    const [, not, protocol, number = match[4]] = match;
    return (one) => {
      const ports = [one.local.port, one.remote.port];
      const fits =
        (protocol === undefined || one.protocol === protocol) &&
        (number === undefined || ports.includes(Number(number)));
      return fits === (not === undefined);
    };
  });
  return tests.every((test) => test !== null) ? (one) => tests.every((test) => test!(one)) : null;
}

const version = 'tcpdump version 4.99.4\nlibpcap version 1.10.4 (with TPACKET_V3)\n';

/** `tcpdump` as images for developers have it: raw packets on standard output, its words on standard error. */
export function tcpdump(setup: CaptureSetup): Program {
  return ({ args }): Ran => {
    const failed = (stderr: string): Ran => ({ stdout: '', stderr, exit: 1 });
    const world = setup.world();
    const wifi = world.life.networkAt(setup.nowUs())?.type === WIFI;
    const mobile = interfaceOf(MOBILE, world);
    const up = wifi ? ['wlan0', mobile] : [mobile, 'wlan0'];
    let iface = up[0]!;
    let snap = 262_144;
    let most = Number.POSITIVE_INFINITY;
    let writes = false;
    let filter: Filter = () => true;
    for (let at = 0; at < args.length; at += 1) {
      const arg = args[at]!;
      if (arg === '--version' || arg === '-h') return { stdout: version, exit: 0 };
      if (arg === '-D') {
        const lines = [...up, 'any', 'lo'].map(
          (name, index) =>
            `${index + 1}.${name}${name === 'any' ? ' (Pseudo-device that captures on all interfaces)' : ' [Up, Running]'}\n`,
        );
        return { stdout: lines.join(''), exit: 0 };
      }
      if (arg === '-i') iface = args[++at] ?? '';
      else if (arg === '-s') snap = Number(args[++at]) || 262_144;
      else if (arg === '-c') most = Number(args[++at]);
      else if (arg === '-w') writes = args[++at] === '-';
      // The one filter it takes: without adb's own connection, which is not among its packets anyway.
      else if (/^not tcp port \d{1,5}$/.test(args.slice(at).join(' '))) break;
      else if (!arg.startsWith('-')) {
        const said = filterOf(args.slice(at));
        if (said === null) return failed("tcpdump: can't parse filter expression: syntax error\n");
        filter = said;
        break;
      } else if (!/^-[nUuqpS]+$/.test(arg)) return failed(`tcpdump: invalid option -- '${arg.slice(1, 2)}'\n`);
    }
    if (!setup.root)
      return failed(
        `tcpdump: ${iface}: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n`,
      );
    if (!['any', 'lo', ...up].includes(iface))
      return failed(`tcpdump: ${iface}: No such device exists\n(No such device exists)\n`);
    if (!writes) return failed('tcpdump: practice captures only with -w -\n');
    const link: Link = iface === 'any' ? 'cooked' : iface === mobile ? 'raw' : 'ethernet';
    const names = { ethernet: 'EN10MB (Ethernet)', raw: 'RAW (Raw IP)', cooked: 'LINUX_SLL (Linux cooked v1)' };
    return {
      stdout: capture(setup, iface, link, snap, most, setup.nowUs(), filter),
      stderr: `tcpdump: listening on ${iface}, link-type ${names[link]}, snapshot length ${snap} bytes\n`,
      exit: 0,
    };
  };
}
