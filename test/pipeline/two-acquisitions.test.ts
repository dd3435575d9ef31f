import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { EventView } from '../../shared/types/event.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const FIRST = Date.UTC(2026, 2, 1, 9, 30) * 1000;
const SECOND = FIRST + 14 * 86_400_000_000;

function phoneAt(nowUs: number) {
  const options = { seed: 7, android: 14, maker: 'xiaomi', with: { removedApp: true }, days: 40 } as const;
  const cloud = nowUs === SECOND ? { offSinceUs: FIRST + 3_600_000_000 } : 'on';
  let ticks = nowUs;
  const now = () => (ticks += 1500);
  return { phone: createPracticePhone(createWorld({ ...options, nowUs, cloud }), { nowUs: now }), now };
}

async function counted(open: OpenCase): Promise<EventView[]> {
  const all: EventView[] = [];
  for await (const page of open.eventStream({ kind: 'volume', countedOnly: true })) all.push(...page);
  return all;
}

/** Counted bytes by start of bucket: an app that was removed in between changes its name, not its bytes. */
function byStart(events: readonly EventView[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const event of events) sums.set(event.from, (sums.get(event.from) ?? 0) + event.sent! + event.received!);
  return sums;
}

async function acquired(
  path: string,
  times: readonly number[],
  look: (open: OpenCase) => Promise<void>,
): Promise<void> {
  for (const [at, nowUs] of times.entries()) {
    const { phone, now } = phoneAt(nowUs);
    const engine = testEngine(new PracticeBridge([phone], { now }), now);
    const open = at === 0 ? await engine.createCase(path, emptyCaseInfo) : await engine.openCase(path);
    await open.acquire({ serial: null, profile: 'full' }, work());
    if (at === times.length - 1) await look(open);
    await open.close();
  }
}

test('two acquisitions of one phone: every bucket is counted once, from the earliest that saw it whole', async () => {
  await using folder = await temporaryFolder();
  let first = new Map<string, number>();
  let second = new Map<string, number>();
  await acquired(join(folder.path, 'one'), [FIRST], async (open) => {
    first = byStart(await counted(open));
  });
  await acquired(join(folder.path, 'two'), [SECOND], async (open) => {
    second = byStart(await counted(open));
  });
  const lastOfFirst = [...first.keys()].sort().at(-1)!;
  await acquired(join(folder.path, 'both'), [FIRST, SECOND], async (open) => {
    const both = byStart(await counted(open));
    const expected = new Map([...second].filter(([start]) => start >= lastOfFirst));
    for (const [start, bytes] of first) if (start < lastOfFirst) expected.set(start, bytes);
    expect([...both].sort()).toEqual([...expected].sort());
    expect((await open.warnings(100, 0)).filter((one) => one.reason.includes('contradict'))).toEqual([]);
    expect((await open.batches()).map((batch) => [batch.kind, batch.state])).toEqual([
      ['acquisition', 'complete'],
      ['acquisition', 'complete'],
    ]);
  });
});

test('a case takes no second phone', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'case');
  await acquired(path, [FIRST], async () => {});
  const other = createPracticePhone(createWorld({ seed: 8, android: 14, maker: 'google', nowUs: SECOND }));
  const open = await testEngine(new PracticeBridge([other], { now: () => SECOND }), () => SECOND).openCase(path);
  await expect(open.acquire({ serial: null, profile: 'quick' }, work())).rejects.toMatchObject({ code: 'other-phone' });
  expect(await open.batches()).toHaveLength(1);
  await open.close();
});
