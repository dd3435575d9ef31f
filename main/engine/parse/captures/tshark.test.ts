import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  clientHello,
  dns,
  type Ends,
  ethernet,
  pcap,
  quicInitial,
  records,
  tcp,
  udp,
} from './testing/capture-writer.ts';
import { authenticated, dtls, earlyQuic, inStream, retriedQuic, throughProxy, upgraded } from './testing/greetings.ts';
import { namesIn, readWhole, type WholeCapture } from './testing/read-whole.ts';
import { byTshark, tsharkVersion } from './testing/tshark.ts';

const folder = resolve(process.env.PHONEHOME_CORPUS ?? '../shared/corpus', 'pcap');
const present = existsSync(folder);
if (!present) console.log(`left out: captures held against tshark (no ${folder}; set PHONEHOME_CORPUS)`);
else if (tsharkVersion === null) console.log('left out: captures held against tshark (tshark is not installed)');

const captures = present
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.p?cap(?:ng)?$/.test(name))
  : [];

/** Packets and bytes of each direction, as `byTshark` writes them. */
function sumsOf(ours: WholeCapture): Record<string, string> {
  const sums = new Map<string, string>();
  for (const flow of ours.flows) {
    if (flow.protocol !== 6 && flow.protocol !== 17) continue;
    // Later pieces whose first is not there have no ports, and tshark takes them for no connection.
    if (flow.openerPort === 0 && flow.otherPort === 0) continue;
    const opener = `${flow.openerIp} ${flow.openerPort}`;
    const other = `${flow.otherIp} ${flow.otherPort}`;
    const add = (from: string, to: string, packets: number, bytes: number) => {
      if (packets > 0) sums.set(`${flow.protocol} ${from} ${to}`, `${packets} ${bytes}`);
    };
    add(opener, other, flow.openerPackets, flow.openerBytes);
    add(other, opener, flow.otherPackets, flow.otherBytes);
  }
  return Object.fromEntries(sums);
}

const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
const six: Ends = { ...ends, from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2' };
const id = Buffer.from('8394c8f03e515708', 'hex');
const hello = clientHello({ name: 'greeting.example.org', alpn: ['h3'] });
const many = Array.from({ length: 300 }, (_, n) => 0x5000 + n);
const lateHost = 'GET /a/long/path HTTP/1.1\r\nAccept: */*\r\nHost: late.example.org\r\n\r\n';

const written = (packets: readonly Uint8Array[]) =>
  pcap(packets.map((packet, n) => ({ atUs: 1_767_600_000_000_000 + n * 1000, bytes: ethernet(packet) })));

/** A stream in segments of so many bytes. */
function inPieces(stream: Uint8Array, toPort = 443, size = 300): Buffer {
  const count = Math.ceil(stream.length / size);
  const pieces = Array.from({ length: count }, (_, n) => stream.subarray(n * size, (n + 1) * size));
  return written(pieces.map((piece, n) => tcp({ ...ends, toPort }, piece, 1 + n * size)));
}

describe.skipIf(!present || tsharkVersion === null)('captures of the corpus, held against tshark', () => {
  it.each(captures)('%s: every name that it finds, and its sums', { timeout: 60_000 }, (name) => {
    const path = join(folder, name);
    const ours = readWhole(readFileSync(path));
    const theirs = byTshark(path);
    const names = namesIn(ours);
    expect([...theirs.names].filter((one) => !names.has(one))).toEqual([]);
    expect(sumsOf(ours)).toEqual(theirs.sums);
  });
});

const made: readonly (readonly [string, Buffer])[] = [
  ['TLS in pieces of 300 bytes', inPieces(records(clientHello({ name: 'pieces.example.org', extensions: many }), 400))],
  ['QUIC, version 1', written([udp(ends, quicInitial(1, id, 0, [{ at: 0, bytes: hello }]))])],
  ['QUIC, version 2', written([udp(ends, quicInitial(0x6b3343cf, id, 0, [{ at: 0, bytes: hello }]))])],
  ['QUIC after a retry', written(retriedQuic(ends, 'retry.example.org'))],
  ['QUIC with early data', written(earlyQuic(ends, 'early.example.org'))],
  ['HTTP/2 by agreement', written(upgraded({ ...ends, toPort: 80 }))],
  ['TLS through a proxy', written(throughProxy({ ...ends, toPort: 8080 }, 'inside.example.org'))],
  ['DTLS', written([dtls({ ...ends, toPort: 443 }, 'datagrams.example.org')])],
  ['a request with its host in a later segment', inPieces(Buffer.from(lateHost), 80, 30)],
  ['DNS over TCP', inPieces(inStream(dns('one.example.org', 1), dns('two.example.org', 28)), 53, 9)],
  ['IPv6 behind an authentication header', written([authenticated(six, records(hello))])],
];

describe.skipIf(tsharkVersion === null)('captures made up for what the corpus lacks, held against tshark', () => {
  it.each(made)('%s', { timeout: 60_000 }, (_what, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'phonehome-tshark-'));
    try {
      const path = join(folder, 'made.pcap');
      writeFileSync(path, bytes);
      const ours = readWhole(bytes);
      const theirs = byTshark(path);
      expect(theirs.names.size).toBeGreaterThan(0);
      const names = namesIn(ours);
      expect([...theirs.names].filter((one) => !names.has(one))).toEqual([]);
      expect(sumsOf(ours)).toEqual(theirs.sums);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
