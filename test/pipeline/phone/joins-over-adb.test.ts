import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../main/engine/engine.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { createPracticePhone, createWorld } from '../../../main/practice/index.ts';
import { connectionsBetween } from '../../../main/practice/world/connections.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { temporaryFolder, work } from '../../support/engine.ts';
import { hurriedPace } from '../../support/live-pace.ts';
import { adbBench, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('captures against sockets of a practice phone over the real adb server');

/** The same capture by a clock that stands elsewhere: seconds are added to each packet. Source: the file format of libpcap. */
function shifted(capture: Buffer, seconds: number): Buffer {
  const bytes = Buffer.from(capture);
  for (let at = 24; at + 16 <= bytes.length; at += 16 + bytes.readUInt32LE(at + 8))
    bytes.writeUInt32LE(bytes.readUInt32LE(at) + seconds, at);
  return bytes;
}

/** An IPv6 address with all its groups. */
function groups(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::').map((part) => part.split(':').filter(Boolean).join(':'));
  const [first, last] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last].join(':');
}

describe.skipIf(realAdb === null)('captures of a practice phone that is watched, over the real adb server', () => {
  const bench = adbBench((bridge) => until('no phone is left', async () => (await bridge.list()).devices.length === 0));

  it('get the owners of their flows from the sockets, none wrong, and their clock from the connections', async () => {
    await using folder = await temporaryFolder();
    const world = createWorld({
      seed: 7,
      android: 14,
      maker: 'xiaomi',
      nowUs: systemClock.now(),
      days: 2,
      root: 'su',
    });
    const phone = createPracticePhone(world, { nowUs: systemClock.now, running: true });
    const device = await bench.plug(phone);
    await until('the phone is ready', async () =>
      (await bench.bridge.list()).devices.some(({ model }) => model !== null),
    );
    const engine = createEngine({
      bridge: bench.bridge,
      clock: systemClock,
      log: { note() {} },
      resources: join(import.meta.dirname, '../../../resources'),
      version: 'test',
      livePace: hurriedPace,
    });
    const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    const beganUs = systemClock.now();
    await open.acquire({ serial: device.serial, profile: 'live', root: true, packets: true, forMs: 9000 }, work());
    const truth = connectionsBetween(world, beganUs - 60e6, systemClock.now());
    const owners = new Map(
      truth.map(({ local, remote, uid, host }) => [
        `${groups(local.ip)} ${local.port} ${groups(remote.ip)} ${remote.port}`,
        { uid, host },
      ]),
    );
    const ofFlow = (event: { local: string | null; ip: string; port: number | null }) => {
      const [, ip = '', port = ''] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(event.local ?? '') ?? [];
      return owners.get(`${groups(ip)} ${port} ${groups(event.ip)} ${event.port}`);
    };

    const { events } = await open.events({ kind: 'contact' }, 5000, 0);
    const flows = events.filter(({ seen }) => !seen);
    const sockets = events.filter(({ seen }) => seen);
    let right = 0;
    for (const { id, uid, remote, correlated } of flows) {
      expect(uid).toBeNull();
      const { flow } = await open.eventDetail(id);
      const own = correlated?.apps.filter(({ how }) => how === 'same connection') ?? [];
      if (own.length === 0) continue;
      const real = ofFlow({ local: flow?.local ?? null, ip: remote!.ip, port: remote!.port });
      expect(own.map((one) => [one.uid, one.confidence])).toEqual([[real?.uid, 'high']]);
      right += 1;
    }
    console.log(`owners by sockets: ${right} of ${flows.length} captured flows; ${sockets.length} sockets`);
    expect(right).toBeGreaterThan(flows.length / 2);

    let named = 0;
    for (const { remote, seen, correlated } of sockets) {
      expect(remote?.host).toBeNull();
      const hosts = correlated?.hosts.filter(({ how }) => how === 'same connection') ?? [];
      if (hosts.length === 0) continue;
      const real = ofFlow({ local: seen!.local, ip: remote!.ip, port: remote!.port });
      expect(hosts.map(({ host }) => host)).toEqual([real?.host]);
      named += 1;
    }
    expect(named).toBeGreaterThan(0);

    const kept = (await open.evidence()).find(({ sections }) => sections.includes('packet capture'))!;
    const bytes = await readFile(join((await open.view()).path, 'evidence', kept.sha256));
    await writeFile(join(folder.path, 'gateway.pcap'), shifted(bytes, 90));
    await open.importFiles([join(folder.path, 'gateway.pcap')], work());
    const after = await open.events({ kind: 'contact' }, 10_000, 0);
    const late = after.events.filter(({ seen, evidence }) => !seen && evidence.id !== kept.id);
    expect(late.length).toBe(flows.length);
    const { notCounted } = await open.eventDetail(late[0]!.id);
    const [, said = '', way, error = ''] = /stood ([\d.]+) s (ahead of|behind) the phone’s, ± ([\d.]+) s/.exec(
      notCounted!,
    )!;
    expect(way).toBe('ahead of');
    expect(Math.abs(Number(said) - 90)).toBeLessThanOrEqual(Number(error) + 0.01);
    const owned = late.filter(({ correlated }) => correlated?.apps.some(({ how }) => how === 'same connection'));
    expect(owned.length).toBe(right);
    expect((await open.verify(work())).failures).toEqual([]);
    await open.close();
  });
});
