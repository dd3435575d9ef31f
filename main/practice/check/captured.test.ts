import { describe, expect, it } from 'vitest';
import { createPracticePhone, createWorld, withCaptures } from '../index.ts';
import { readPcap } from './pcap-reader.ts';

const DAY = 86_400_000_000;
const first = Date.UTC(2026, 2, 2, 5, 30) * 1000;
const second = first + 14 * DAY;
const HOUR = DAY / 24;
const began = [first - 48 * HOUR + HOUR / 3, second - 39 * HOUR + HOUR / 3];
const options = {
  seed: 20,
  home: 'delhi',
  packages: 140,
  android: 14,
  maker: 'xiaomi',
  servers: { movedUs: first + 4 * DAY },
  with: { secondUser: false, removedApp: true, tethering: false, vpn: false, captures: false },
} as const;
const early = withCaptures(createWorld({ ...options, nowUs: first, cloud: 'on' }), began);
const plain = createWorld({ ...options, nowUs: second, cloud: { offSinceUs: first + DAY / 3 } });
const late = withCaptures(plain, began);
const folder = '/sdcard/Download/PCAPdroid';

const capturesOf = (world: typeof early) => {
  const phone = createPracticePhone(world);
  return (phone.list(folder) ?? [])
    .filter(({ name }) => name.endsWith('.pcap'))
    .map(({ name }) => ({ name, bytes: Buffer.from(phone.file(`${folder}/${name}`)!.bytes) }));
};
const text = (bytes: Buffer) => bytes.toString('latin1');
/** Names that are asked for, by the labels of the questions. */
const namesIn = (bytes: Buffer) =>
  readPcap(bytes)
    .packets.filter(({ toPort }) => toPort === 53)
    .map(({ payload }) => {
      const labels: string[] = [];
      for (let at = 12; payload[at] !== 0; at += payload[at]! + 1)
        labels.push(text(payload.subarray(at + 1, at + 1 + payload[at]!)));
      return labels.join('.');
    });

describe('captures that the history knows of', () => {
  it('are the same from whichever day they are looked at', () => {
    const [before, after] = [capturesOf(early), capturesOf(late)];
    expect(before).toHaveLength(1);
    expect(after).toHaveLength(2);
    expect(after.some(({ name, bytes }) => name === before[0]!.name && bytes.equals(before[0]!.bytes))).toBe(true);
    expect(early.apps.find((app) => app.label === 'PCAPdroid')).toBeDefined();
  });

  it('are in the account, app by app, and nothing else was added to it', () => {
    const sums = new Map<number, number>();
    for (const { bytes } of capturesOf(late)) {
      for (const { behind, bytes: size } of readPcap(bytes).packets) {
        const uid = behind.readInt32BE(behind.length - 28);
        sums.set(uid, (sums.get(uid) ?? 0) + size);
      }
    }
    const [with_, without] = [late.totals().byUid, plain.totals().byUid];
    const of = (all: typeof with_, uid: number) => (all[uid]?.sent ?? 0) + (all[uid]?.received ?? 0);
    const own = late.apps.find((app) => app.label === 'PCAPdroid')!.appId;
    for (const uid of new Set([...sums.keys(), ...Object.keys(with_).map(Number)]))
      if (uid !== own) expect(of(with_, uid) - of(without, uid), String(uid)).toBe(sums.get(uid) ?? 0);
    // The VPN's app is counted with what its tunnel adds.
    expect(of(with_, own)).toBeGreaterThan(0);
  });

  it('ask for a name before they say it', () => {
    for (const { bytes } of capturesOf(late)) {
      const names = new Set(namesIn(bytes));
      expect(names.size).toBeGreaterThan(20);
      const said = readPcap(bytes).packets.filter(({ payload }) => payload[0] === 0x16 && payload[5] === 1);
      expect(said.length).toBeGreaterThan(20);
      const known = said.filter(({ payload }) => [...names].some((name) => text(payload).includes(name)));
      // The first instants lack the questions that were asked before.
      expect(known.length).toBeGreaterThan(said.length * 0.9);
    }
  });

  it('show the servers before and after the move, and no cloud where it is off', () => {
    const [before, after] = began.map((us) => {
      const world = withCaptures(plain, [us]);
      const { bytes } = capturesOf(world)[0]!;
      const { packets } = readPcap(bytes);
      return { names: namesIn(bytes), ips: new Set(packets.map(({ to }) => to)) };
    });
    const within = (ips: ReadonlySet<string>, block: string) => [...ips].some((ip) => ip.startsWith(block));
    expect(before!.names).toContain('noteapi.micloud.xiaomi.net');
    expect(after!.names.filter((name) => name.includes('micloud'))).toEqual([]);
    expect(within(before!.ips, '42.62.48.')).toBe(true);
    expect(within(before!.ips, '161.117.')).toBe(false);
    // Singapore, Singapore, Mumbai, Frankfurt, the United States, and one that stayed in China.
    for (const block of ['161.117.', '13.250.', '13.126.0.', '3.120.', '47.88.', '111.13.'])
      expect(within(after!.ips, block), block).toBe(true);
  });

  it('are none where the phone was off, or the time has not come', () => {
    expect(withCaptures(plain, [second + DAY])).toBe(plain);
  });
});
