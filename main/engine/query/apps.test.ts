import { expect, test } from 'vitest';
import { HOUR, microsOf } from '../../../shared/base/time.ts';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { appList } from './apps.ts';

const day = microsOf('2026-01-10T00:00:00Z')!;

/** One app; each row began at its hour of 10 January UTC, lasted so many hours and sent so many bytes. */
async function laid(rows: readonly (readonly [hour: number, hours: number, sent: number, foreground: 0 | 1])[]) {
  const held = await memoryCase();
  await held.insert('network', [{ id: 1, key: 'wifi', type: 'wifi', vpn: 0, said: '[]' }]);
  await held.insert('app', [{ uid: 10_001, user: 0, name: 'One', kind: 'app', packages: '["com.one"]' }]);
  await held.insert(
    'series',
    [0, 1].map((foreground) => ({
      id: foreground,
      key: foreground,
      section: 1,
      snapshot: 1,
      part: '',
      recorder: 'uid',
      history: 'complete',
      network: 1,
      uid: 10_001,
      user: 0,
      counter_set: foreground ? 'foreground' : 'default',
      foreground,
      tag: 0,
      bucket_us: 2 * HOUR,
    })),
  );
  await held.insert(
    'volume',
    rows.map(([hour, hours, sent, foreground], index) => ({
      id: index + 1,
      series: foreground,
      from_us: day + hour * HOUR,
      to_us: day + (hour + hours) * HOUR,
      sent,
      received: 0,
      counted: 1,
      superseded: 0,
    })),
  );
  return held;
}

const inZone = (held: MemoryCase, zone: string) =>
  held.insert('property', [{ section: 1, key: 'persist.sys.timezone', value: zone }]);

test('an interval is of the night by its middle, on the phone’s clock', async () => {
  // 16:00 UTC is 21:30 in Kolkata; the middle of 18:00 to 20:00 UTC is 00:30 there, that of 22:00 to 24:00 is 04:30.
  const held = await laid([
    [0, 2, 1, 0],
    [16, 2, 10, 0],
    [18, 2, 100, 0],
    [18, 2, 1000, 1],
    [22, 2, 10_000, 1],
    // Begins with one that is of the night, and ends so late that its own middle is not: 18:00 to 08:00, 06:30.
    [18, 14, 100_000, 0],
  ]);
  expect((await appList(held))[0]?.sentNight).toBeNull();
  await inZone(held, 'Asia/Kolkata');
  expect((await appList(held))[0]).toMatchObject({ sent: 111_111, sentBackground: 100_111, sentNight: 11_100 });
  // What was said later counts, and what says nothing does not.
  await inZone(held, 'UTC');
  await inZone(held, '');
  expect((await appList(held))[0]?.sentNight).toBe(1 + 100_000);
  await held.close();
});
