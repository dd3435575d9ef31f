import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { chance } from '../support/chance.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;

/** The phone with answers that take some milliseconds each, by chance, so that those asked side by side end in any order. */
function unevenly(inner: DeviceBridge, seed: number): DeviceBridge {
  const random = chance(seed);
  return {
    list: () => inner.list(),
    watch: (listener) => inner.watch(listener),
    close: () => inner.close(),
    async run(serial, command, options, sink) {
      const result = await inner.run(serial, command, options, sink);
      await wait(random() * 12);
      return result;
    },
  };
}

test('in whatever order the answers come, the case tells the same, and rebuilding it gives the same again', async () => {
  await using folder = await temporaryFolder();
  const told: unknown[] = [];
  const orders: string[] = [];
  for (const seed of [1, 2, 3]) {
    const world = createWorld({ seed: 8, android: 13, maker: 'xiaomi', nowUs: NOW, days: 8 });
    const clock = { now: () => NOW };
    const phone = new PracticeBridge([createPracticePhone(world, { nowUs: () => NOW })], clock);
    const engine = testEngine(unevenly(phone, seed), clock.now);
    const open = await engine.createCase(join(folder.path, `case-${seed}`), emptyCaseInfo);
    expect((await open.acquire({ serial: null, profile: 'full' }, work())).state).toBe('complete');
    const evidence = await open.evidence();
    orders.push(evidence.map(({ name }) => name).join());
    // Evidence is numbered as it comes: what it is of is compared, not its number.
    const names = new Map(evidence.map(({ id, name }) => [id, name]));
    const named = (what: unknown) =>
      JSON.parse(JSON.stringify(what).replaceAll(/"(E\d+)"/g, (_, id: string) => JSON.stringify(names.get(id))));

    const { fromUs, toUs } = await open.overview(200);
    const warnings = await open.warnings(1000, 0);
    told.push(
      named({
        summary: await open.summary(),
        apps: (await open.apps()).toSorted((a, b) => a.name.localeCompare(b.name) || a.uid - b.uid),
        window: await open.window({ by: 'app', fromUs, toUs, buckets: 200, filter: {} }),
        findings: (await open.findings()).map(({ rule, title, text, app }) => ({ rule, title, text, app })),
        warnings: warnings
          .map(({ section, line, text, reason }) => JSON.stringify([section, line, text, reason]))
          .sort(),
      }),
    );

    await open.rebuild(work());
    const log = await readFile(join(folder.path, `case-${seed}.phonehome/custody.jsonl`), 'utf8');
    expect(JSON.parse(log.trimEnd().split('\n').at(-1)!)).toMatchObject({ action: 'case.rebuilt', identical: true });
    expect((await open.verify(work())).failures).toEqual([]);
    await open.close();
    await engine.close();
  }
  expect(new Set(orders).size).toBeGreaterThan(1);
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});
