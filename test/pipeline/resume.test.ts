import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;

test('a cancelled acquisition is gone on with, also twice and after an import; a complete one is not', async () => {
  await using folder = await temporaryFolder();
  let ticks = NOW;
  const now = () => (ticks += 1500);
  const world = createWorld({ seed: 8, android: 13, maker: 'google', nowUs: NOW, days: 6 });
  const engine = testEngine(new PracticeBridge([createPracticePhone(world, { nowUs: now })], { now }), now);
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  const log = join(folder.path, 'case.phonehome/custody.jsonl');
  const resume = { serial: null, profile: 'quick', resume: true } as const;
  /** Cancelled as soon as the step begins. */
  const until = (title: string) => {
    const controller = new AbortController();
    const progress = {
      steps() {},
      now: (phrase: string) => phrase.endsWith(title) && controller.abort(),
    };
    return { progress, signal: controller.signal };
  };

  await expect(open.acquire(resume, work())).rejects.toMatchObject({
    code: 'wrong-use',
    message: expect.stringMatching(/nothing to go on with\.$/),
  });
  expect((await open.acquire({ serial: null, profile: 'full' }, until('Bytes per app and network'))).state).toBe(
    'cancelled',
  );
  expect((await open.acquire(resume, until('Use of permissions'))).state).toBe('cancelled');
  await writeFile(join(folder.path, 'other.txt'), netstatsText({ uid: 10999, buckets: 3 }));
  await open.importFiles([join(folder.path, 'other.txt')], work());
  const outcome = await open.acquire(resume, work());
  expect(outcome).toMatchObject({ state: 'complete', refused: [] });

  const batches = await open.batches();
  expect(batches.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'acquisition cancelled',
    'acquisition cancelled',
    'import complete',
    'acquisition complete',
  ]);
  // It goes on with the profile of the first, whatever is asked for.
  expect(batches.map(({ profile }) => profile)).toEqual(['full', 'full', null, 'full']);
  const lines = (await readFile(log, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ action }) => action === 'batch.started').map(({ continues }) => continues)).toEqual([
    undefined,
    1,
    undefined,
    2,
  ]);
  // Every step of the plan has a whole answer in one of the three, and no answer was asked for twice but those that always are.
  const whole = (await open.evidence()).filter(({ state, command }) => state === 'complete' && command !== null);
  const commands = whole.map(({ command }) => command!).filter((command) => /netstats|package|appops/.test(command));
  expect(commands.length).toBe(new Set(commands).size);
  expect(commands.some((command) => command.includes('netstats --full'))).toBe(true);

  const before = lines.length;
  await expect(open.acquire(resume, work())).rejects.toMatchObject({ code: 'wrong-use' });
  expect((await readFile(log, 'utf8')).trimEnd().split('\n')).toHaveLength(before);
  expect((await open.verify(work())).failures).toEqual([]);
  await open.rebuild(work());
  expect(JSON.parse((await readFile(log, 'utf8')).trimEnd().split('\n').at(-1)!)).toMatchObject({
    action: 'case.rebuilt',
    identical: true,
  });
  await open.close();
  await engine.close();
});

/** The practice phone, with answers of ours to some commands. */
function answering(inner: DeviceBridge, own: (command: string) => 'timed out' | 'refused' | null): DeviceBridge {
  return {
    list: () => inner.list(),
    watch: (listener) => inner.watch(listener),
    close: () => inner.close(),
    async run(serial, command, options, sink) {
      const instead = own(command);
      if (instead === null) return inner.run(serial, command, options, sink);
      if (instead === 'timed out') {
        return {
          ...(await inner.run(serial, 'getprop ro.product.model', options, () => {})),
          ending: instead,
          exit: null,
        };
      }
      return inner.run(serial, 'getprop ro.product.model', options, () => sink(Buffer.from('Permission Denial: no\n')));
    },
  };
}

test('an acquisition of which a step was cut short is gone on with; one that the phone only refused is not', async () => {
  await using folder = await temporaryFolder();
  let ticks = NOW;
  const now = () => (ticks += 1500);
  const world = createWorld({ seed: 8, android: 13, maker: 'google', nowUs: NOW, days: 6 });
  const phone = new PracticeBridge([createPracticePhone(world, { nowUs: now })], { now });
  let slow = true;
  const bridge = answering(phone, (command) => {
    if (command.includes('appops') && slow) return 'timed out';
    return command.includes('dumpsys -t 30 wifi') ? 'refused' : null;
  });
  const engine = testEngine(bridge, now);
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  const resume = { serial: null, profile: 'quick', resume: true } as const;

  const first = await open.acquire({ serial: null, profile: 'full' }, work());
  expect(first.state).toBe('partial');
  expect(first.refused.map(({ id, state }) => [id, state])).toEqual([
    ['appops', 'timed out'],
    ['wifi', 'refused'],
  ]);
  slow = false;
  const second = await open.acquire(resume, work());
  expect(second.refused.map(({ id, state }) => [id, state])).toEqual([['wifi', 'refused']]);

  const batches = await open.batches();
  expect(batches.map(({ state, continues, unfinished }) => [state, continues, unfinished])).toEqual([
    ['partial', null, 1],
    ['partial', 1, 0],
  ]);
  expect((await open.summary()).batches[1]).toMatchObject({ continues: 1 });
  const asked = (await open.evidence()).filter(
    ({ batch, command }) => batch === 2 && /dumpsys|pm list pack/.test(command!),
  );
  expect(asked.map(({ command }) => command!.replace(/-t \d+ /, ''))).toEqual(
    expect.arrayContaining(['dumpsys appops', 'dumpsys wifi']),
  );
  expect(asked).toHaveLength(2);
  await expect(open.acquire(resume, work())).rejects.toMatchObject({
    code: 'wrong-use',
    message: expect.stringMatching(/lacks only what the phone refused or does not have/),
  });
  await open.rebuild(work());
  const lines = (await readFile(join(folder.path, 'case.phonehome/custody.jsonl'), 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ action: 'case.rebuilt', identical: true });
  expect((await open.verify(work())).failures).toEqual([]);
  await open.close();
  await engine.close();
});
