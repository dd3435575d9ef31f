import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { createPracticePhone, createWorld } from '../../../main/practice/index.ts';
import { connectionsBetween } from '../../../main/practice/world/connections.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../../support/engine.ts';
import { adbBench, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('packets of a live acquisition over the real adb server');

interface Kept {
  readonly name: string;
  readonly sha256: string;
  readonly state: string;
  readonly bytes: number;
}

/** Whole records of a capture, and the bytes behind the last of them. Source: the file format of libpcap. */
function recordsOf(bytes: Buffer): { readonly whole: number; readonly rest: number } {
  expect(bytes.readUInt32LE(0)).toBe(0xa1b2c3d4);
  let at = 24;
  let whole = 0;
  while (at + 16 <= bytes.length && at + 16 + bytes.readUInt32LE(at + 8) <= bytes.length) {
    at += 16 + bytes.readUInt32LE(at + 8);
    whole += 1;
  }
  return { whole, rest: bytes.length - at };
}

describe.skipIf(realAdb === null)('packets of a live acquisition, over the real adb server', () => {
  const bench = adbBench((bridge) => until('no phone is left', async () => (await bridge.list()).devices.length === 0));

  it('go straight into the case, a new file after the cable was pulled, and end when the examiner ends it', async () => {
    await using folder = await temporaryFolder();
    const nowUs = systemClock.now();
    const world = createWorld({ seed: 7, android: 14, maker: 'xiaomi', nowUs, days: 2, root: 'su' });
    const phone = createPracticePhone(world, { nowUs: systemClock.now, running: true });
    const device = await bench.plug(phone, { cutAfterBytes: 1500, only: 'tcpdump' });
    await until('the phone is ready', async () =>
      (await bench.bridge.list()).devices.some(({ model }) => model !== null),
    );
    const engine = testEngine(bench.bridge);
    const made = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    const { path } = await made.view();
    const lines = () =>
      readFileSync(join(path, 'custody.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { action: string } & Record<string, unknown>);
    const stop = new AbortController();
    const { progress } = work();
    const running = made.acquire(
      { serial: null, profile: 'live', root: true, packets: true, waitMs: 20_000 },
      { progress, signal: stop.signal },
    );
    await until('the cable is pulled', () => lines().some(({ action }) => action === 'phone.lost'));
    device.behave({});
    device.plugIn();
    await until(
      'packets are streamed again',
      () => lines().filter(({ action }) => action === 'packets.began').length === 2,
    );
    const evidence = join(path, 'evidence');
    await until('some of them have come', () =>
      readdirSync(evidence).some((name) => {
        if (!/^\.incoming-.*-\d+$/.test(name)) return false;
        const note = readFileSync(join(evidence, `${name}.note`), 'utf8');
        return note.includes('packets-2.pcap') && statSync(join(evidence, name)).size > 800;
      }),
    );
    stop.abort();
    const outcome = await running;
    expect(outcome.state).toBe('complete');

    const kept = lines().filter(({ action, section }) => action === 'evidence.kept' && section === 'packet capture');
    const [first, second] = kept as unknown as [Kept, Kept];
    expect([first.name, first.state, second.name, second.state]).toEqual([
      'packets-1.pcap',
      'interrupted',
      'packets-2.pcap',
      'complete',
    ]);
    for (const { sha256 } of [first, second])
      expect(recordsOf(readFileSync(join(evidence, sha256))).whole).toBeGreaterThan(0);
    const began = lines().filter(({ action }) => action === 'packets.began');
    const port = device.serial.split(':')[1];
    for (const { command, leftOut } of began) {
      expect(command).toBe(`su -c 'tcpdump -i any -n -s 0 -U -w - not tcp port ${port}'`);
      expect(leftOut).toContain(`port ${port}`);
    }
    expect(lines().findLast(({ action }) => action === 'packets.ended')).toMatchObject({
      ended: 'It was ended as the examiner asked; its last packet may be cut.',
      bytes: second.bytes,
    });
    // The streams went the way of every capture: their packets are contacts of the case, with the names that the phone said.
    const { events } = await made.events({ kind: 'contact' }, 10_000, 0);
    const seen = events.filter((one) => one.evidence.section === 'packet capture');
    expect(new Set(seen.map((one) => one.evidence.id)).size).toBe(2);
    const hour = 3_600_000_000;
    // One address may serve several hosts.
    const hosts = Map.groupBy(
      connectionsBetween(world, nowUs - 24 * hour, systemClock.now()),
      ({ protocol, remote }) => `${protocol} ${remote.ip} ${remote.port}`,
    );
    for (const { remote, sent, received } of seen) {
      expect((sent ?? 0) + (received ?? 0)).toBeGreaterThan(0);
      const there = hosts.get(`${remote!.protocol} ${remote!.ip} ${remote!.port}`)?.map(({ host }) => host);
      expect(there).toBeDefined();
      if (remote!.host === null) continue;
      expect(there).toContain(remote!.host);
      expect(remote!.hostFrom).toBe('tls');
    }
    expect((await made.verify(work())).failures).toEqual([]);
    await made.close();
  });
});
