import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import {
  block,
  dns,
  type Ends,
  ethernet,
  type Frame,
  pcap,
  pcapng,
  tcp,
  udp,
  udpInPieces,
} from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { EventView } from '../../shared/types/event.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const phone = '192.168.1.20';
const server = '203.0.113.9';
const a: Ends = { from: phone, to: server, fromPort: 40_001, toPort: 443 };
const aBack: Ends = { from: server, to: phone, fromPort: 443, toPort: 40_001 };
const b: Ends = { from: phone, to: server, fromPort: 40_002, toPort: 443 };
const d: Ends = { from: phone, to: '192.168.1.1', fromPort: 5000, toPort: 53 };
const cut: Ends = { from: phone, to: server, fromPort: 6000, toPort: 7000 };
const [first, later] = udpInPieces(cut, new Uint8Array(1000).fill(7), 512, 77);
const packets = [
  tcp(a, new Uint8Array(10)),
  tcp(b, new Uint8Array(20)),
  first,
  tcp(aBack, new Uint8Array(600), 5),
  udp(d, dns('example.org', 9)),
  later,
  tcp(a, new Uint8Array(1), 11),
  tcp(b, new Uint8Array(2), 21),
];
const frames: Frame[] = packets.map((bytes, n) => ({ atUs: start + n * 1_000_000, bytes: ethernet(bytes) }));
const bare: Frame[] = packets.map((bytes, n) => ({ atUs: start + n * 1_000_000, bytes }));
/** Which packets belong to the flow with this port of the phone. */
const ofPort: Readonly<Record<number, readonly number[]>> = { 40001: [0, 3, 6], 40002: [1, 7], 6000: [2, 5] };

async function zipped(name: string, bytes: Buffer): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(bytes, name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function caseOf(folder: string, name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const open = await testEngine().createCase(join(folder, 'case'), emptyCaseInfo);
  await open.importFiles([path], work());
  const { events } = await open.events({ kind: 'contact' }, 5000, 0);
  return { open, events };
}

async function localPort(open: Awaited<ReturnType<typeof caseOf>>['open'], event: EventView): Promise<number> {
  return Number((await open.eventDetail(event.id)).flow?.local?.split(':').at(-1));
}

const twoSections = Buffer.concat([
  pcapng(frames.slice(0, 3), { link: 1 }),
  // Names and keys speak of other flows too: they do not go along.
  block(10, Buffer.concat([Buffer.from('4b534c5403000000', 'hex'), Buffer.from('abc')])),
  pcapng(frames.slice(3), { link: 1, big: true, resolution: 9 }),
]);
const chosen = (all: readonly Frame[], which: readonly number[]) => which.map((n) => all[n]!);

describe('the packets of a flow as a capture of their own', () => {
  test.each([
    ['classic', pcap(frames), (n: readonly number[]) => pcap(chosen(frames, n))],
    [
      'classic, high end first, nanoseconds, without frames',
      pcap(bare, { link: 101, big: true, nanoseconds: true }),
      (n: readonly number[]) => pcap(chosen(bare, n), { link: 101, big: true, nanoseconds: true }),
    ],
    ['gzip', gzipSync(pcap(frames)), (n: readonly number[]) => pcap(chosen(frames, n))],
    ['zip', 'zip', (n: readonly number[]) => pcap(chosen(frames, n))],
    ['newer form', pcapng(bare), (n: readonly number[]) => pcapng(chosen(bare, n))],
    [
      'newer form, two sections',
      twoSections,
      (n: readonly number[]) => {
        const [before, after] = [n.filter((one) => one < 3), n.filter((one) => one >= 3)];
        return Buffer.concat([
          ...(before.length > 0 ? [pcapng(chosen(frames, before), { link: 1 })] : []),
          ...(after.length > 0 ? [pcapng(chosen(frames, after), { link: 1, big: true, resolution: 9 })] : []),
        ]);
      },
    ],
  ])('%s: every record is the one in the evidence, with all pieces of a cut packet', async (form, given, wanted) => {
    await using folder = await temporaryFolder();
    const zip = given === 'zip';
    const bytes = zip ? await zipped('inner.pcap', pcap(frames)) : (given as Buffer);
    const { open, events } = await caseOf(folder.path, zip ? 'outer.zip' : 'capture.bin', bytes);
    expect(events).toHaveLength(4);
    for (const event of events) {
      const which = ofPort[await localPort(open, event)];
      if (which === undefined) continue;
      const out = join(folder.path, `${event.id}.pcap`);
      const saved = await open.savePackets(event.id, out, work());
      const written = await readFile(out);
      expect(written.equals(wanted(which)), `${form} ${event.id}`).toBe(true);
      expect(saved).toMatchObject({ path: out, packets: which.length, expected: which.length, bytes: written.length });
    }
    await open.close();
  });

  test('it is in the custody log, nothing is written over or into the case, and what has no packets is refused', async () => {
    await using folder = await temporaryFolder();
    const { open, events } = await caseOf(folder.path, 'a.pcap', pcap(frames));
    const id = events[0]!.id;
    const out = join(folder.path, 'flow.pcap');
    const saved = await open.savePackets(id, out, work());
    const { lines } = await open.custodyLog(0, 100);
    expect(lines.at(-1)?.sentence).toContain(`The packets of event ${id} in evidence E1 were written to flow.pcap`);
    await expect(open.savePackets(id, out, work())).rejects.toMatchObject({ code: 'wrong-use' });
    expect((await readFile(out)).length).toBe(saved.bytes);
    const { path } = await open.view();
    await expect(open.savePackets(id, join(path, 'evidence', 'x.pcap'), work())).rejects.toMatchObject({
      code: 'wrong-use',
    });
    await expect(open.savePackets('c999', join(folder.path, 'n.pcap'), work())).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(open.savePackets('v1', join(folder.path, 'n.pcap'), work())).rejects.toMatchObject({
      code: 'wrong-use',
    });
    const gone = join(folder.path, 'nowhere', 'n.pcap');
    await expect(open.savePackets(id, gone, work())).rejects.toMatchObject({ code: 'not-found' });
    await expect(open.savePackets(id, join(folder.path, 'c.pcap'), work(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect((await readdir(folder.path)).filter((name) => name.includes('.part'))).toEqual([]);
    const lookUp = (await open.events({ kind: 'lookup' }, 1, 0)).events[0]!;
    await open.savePackets(lookUp.id, join(folder.path, 'dns.pcap'), work());
    expect((await readFile(join(folder.path, 'dns.pcap'))).equals(pcap([frames[4]!]))).toBe(true);
    expect(await open.verify(work())).toMatchObject({ ok: true });
    await open.close();
  });
});

const corpus = join(process.env.PHONEHOME_CORPUS ?? '../shared/corpus', 'pcap');
if (!existsSync(corpus)) console.log(`Left out: flows of real captures, for ${corpus} is not there.`);
const tshark = ['/usr/bin/tshark', '/usr/local/bin/tshark'].find((path) => existsSync(path));
if (!tshark) console.log('Left out: tshark reads what was written, for it is not installed.');

describe.skipIf(!existsSync(corpus))('real captures', () => {
  test.each(['ndpi/waze.pcap', 'ndpi/googledns_android10.pcap', 'fbzero-android.pcap'])(
    '%s: the flows share out its packets, each once, whole',
    async (name) => {
      await using folder = await temporaryFolder();
      const bytes = await readFile(join(corpus, name));
      const { open, events } = await caseOf(folder.path, 'a.pcap', bytes);
      const records: string[] = [];
      for (const event of events) {
        const out = join(folder.path, `${event.id}.pcap`);
        const saved = await open.savePackets(event.id, out, work());
        expect(saved.packets).toBe((event.sentPackets ?? 0) + (event.receivedPackets ?? 0));
        const written = await readFile(out);
        expect(written.subarray(0, 24).equals(bytes.subarray(0, 24))).toBe(true);
        records.push(...recordsOf(written));
      }
      const whole = recordsOf(bytes);
      const ip = whole.filter((record) => records.includes(record));
      expect(records.toSorted()).toEqual(ip.toSorted());
      const dropped = whole.length - ip.length;
      expect(dropped).toBeLessThan(whole.length / 10);
      if (tshark && events[0]) {
        const said = execFileSync(
          tshark,
          ['-r', join(folder.path, `${events[0].id}.pcap`), '-T', 'fields', '-e', 'ip.src', '-E', 'occurrence=f'],
          { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
        );
        expect(said.trimEnd().split('\n')).toHaveLength(
          (events[0].sentPackets ?? 0) + (events[0].receivedPackets ?? 0),
        );
      }
      await open.close();
    },
  );
});

/** Records of a classic capture whose low end comes first, as text, by their own lengths. */
function recordsOf(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 24; at + 16 <= bytes.length; ) {
    const end = at + 16 + bytes.readUInt32LE(at + 8);
    found.push(bytes.toString('latin1', at, end));
    at = end;
  }
  return found;
}
