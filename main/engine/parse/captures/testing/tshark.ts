import { execFileSync } from 'node:child_process';

/** Wireshark's own reader, held against ours where it is installed. Null: it is not. */
export const tsharkVersion: string | null = (() => {
  try {
    return execFileSync('tshark', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    )[0]!;
  } catch {
    return null;
  }
})();

const nameFields = [
  'tls.handshake.extensions_server_name',
  'dtls.handshake.extensions_server_name',
  'http.host',
  'http2.headers.authority',
  'dns.qry.name',
  'dhcp.option.hostname',
  'gquic.tag.sni',
] as const;
const addresses = ['ip.src', 'ipv6.src', 'ip.dst', 'ipv6.dst'] as const;
const ports = ['tcp.srcport', 'udp.srcport', 'tcp.dstport', 'udp.dstport'] as const;

export interface ByTshark {
  /** All host names that it finds, lower case. */
  readonly names: ReadonlySet<string>;
  /** Packets and bytes of each direction between two ends, by frames: `protocol from port to port`. */
  readonly sums: Readonly<Record<string, string>>;
}

/** Reads a capture with tshark. Packets that ICMP sends back are not counted to the connection they speak of. */
export function byTshark(path: string): ByTshark {
  const wanted = ['frame.len', 'icmp.type', 'icmpv6.type', ...addresses, ...ports, ...nameFields];
  const text = execFileSync(
    'tshark',
    [
      ...['-n', '-r', path, '-o', 'tcp.reassemble_out_of_order:TRUE'],
      ...['-T', 'fields', '-E', 'separator=|', '-E', 'occurrence=a'],
      ...wanted.flatMap((one) => ['-e', one]),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e9 },
  );
  const names = new Set<string>();
  const sums = new Map<string, { packets: number; bytes: number }>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [length, icmp, icmp6, source4, source6, target4, target6, tcpFrom, udpFrom, tcpTo, udpTo, ...said] =
      line.split('|');
    for (const name of said.flatMap((cell) => cell.split(',')))
      if (name !== '' && name !== '<Root>') names.add(name.toLowerCase());
    if (icmp || icmp6 || !(tcpFrom || udpFrom)) continue;
    const from = `${source4 || source6} ${tcpFrom || udpFrom}`;
    const key = `${tcpFrom ? 6 : 17} ${from} ${target4 || target6} ${tcpTo || udpTo}`;
    const sum = sums.get(key) ?? { packets: 0, bytes: 0 };
    sum.packets += 1;
    sum.bytes += Number(length);
    sums.set(key, sum);
  }
  return {
    names,
    sums: Object.fromEntries([...sums].map(([key, { packets, bytes }]) => [key, `${packets} ${bytes}`])),
  };
}
