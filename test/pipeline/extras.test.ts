import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld, type WorldOptions } from '../../main/practice/index.ts';
import type { AcquisitionExtra } from '../../shared/types/acquisition.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;

async function acquired(folder: string, options: Partial<WorldOptions>, extras: readonly AcquisitionExtra[]) {
  const world = createWorld({ seed: 9, android: 13, maker: 'samsung', nowUs: NOW, days: 12, ...options });
  let ticks = NOW;
  const now = () => (ticks += 1500);
  const phone = createPracticePhone(world, { nowUs: now });
  const open = await testEngine(new PracticeBridge([phone], { now }), now).createCase(folder, emptyCaseInfo);
  const outcome = await open.acquire({ serial: null, profile: 'full', extras }, work());
  const log = (await readFile(join((await open.view()).path, 'custody.jsonl'), 'utf8')).trimEnd().split('\n');
  return { world, open, outcome, custody: log.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test.each([6, 13] as const)(
  'Android %d: what changes the phone is asked for, logged as such, and counted once',
  async (android) => {
    await using folder = await temporaryFolder();
    const extras = ['netstats-poll', 'bugreport'] as const;
    const { world, open, outcome, custody } = await acquired(join(folder.path, 'with'), { android }, extras);
    expect(outcome).toMatchObject({ state: 'complete', refused: [] });
    const [batch] = await open.batches();
    expect(batch!.profile).toBe('full, with netstats-poll and bugreport');
    expect(custody.find(({ action }) => action === 'batch.started')).toMatchObject({ profile: 'full', extras });
    const changes = custody.filter(({ action }) => action === 'phone.change');
    expect(changes.map(({ asked }) => asked)).toEqual(extras);
    for (const change of changes) expect(change.changes).toMatch(/^The phone .*\.$/);

    // The log says that the phone will be changed before the command stands in it as done.
    const at = custody.findIndex(({ action }) => action === 'phone.change');
    const done = custody.findIndex(
      ({ action, origin }) => action === 'evidence.kept' && /--poll$/.test((origin as { command: string }).command),
    );
    expect(at).toBeGreaterThan(0);
    expect(done).toBeGreaterThan(at);

    const evidence = await open.evidence();
    expect(evidence.filter((one) => one.command?.includes('netstats --full'))).toHaveLength(2);
    const report = evidence.find((one) => one.name === 'Bugreport')!;
    expect(report.recognised).toBe(true);
    expect(report.sections).toEqual(
      expect.arrayContaining(['bugreport header', 'dumpsys netstats', 'dumpsys package']),
    );
    const truth = world.totals();
    expect((await open.summary()).bytes).toEqual({ sent: truth.sent, received: truth.received });
    await open.close();
  },
);

test('nothing of it happens unasked', async () => {
  await using folder = await temporaryFolder();
  const { open, custody } = await acquired(join(folder.path, 'without'), {}, []);
  expect(custody.some(({ action }) => action === 'phone.change')).toBe(false);
  const commands = (await open.evidence()).map((one) => one.command ?? '');
  expect(commands.filter((line) => /poll|bugreport/.test(line))).toEqual([]);
  expect((await open.batches())[0]!.profile).toBe('full');
  await open.close();
});

test('users, the start of the phone and its clock are in the case', async () => {
  await using folder = await temporaryFolder();
  const skewMs = 61_000;
  const { world, open, outcome } = await acquired(
    join(folder.path, 'case'),
    { skewMs, with: { secondUser: true } },
    [],
  );
  expect(outcome.users!.map(({ id, covered }) => [id, covered])).toEqual([
    [0, 'yes'],
    [150, 'yes'],
  ]);
  expect(outcome.notes).toEqual([]);
  const { context } = await open.overview(100);
  const boot = context.filter(({ kind }) => kind === 'boot');
  expect(boot).toHaveLength(1);
  expect(Math.abs(boot[0]!.fromUs - world.bootUs)).toBeLessThan(50_000);
  expect(boot[0]!.evidence).toMatch(/^E\d+$/);
  expect(context.filter(({ kind }) => kind === 'clock')).toEqual([]);
  await open.close();
});

test.each([
  ['stopped', 'partly', /^User 150 “Secure Folder”: covered in part\. The user was not running: /],
  [
    'closed',
    'partly',
    /^User 150 “Secure Folder”: covered in part\. Not whole: Apps; .*Shell does not have permission/,
  ],
] as const)(
  'a second user who is %s is told of in the outcome and among what is missing',
  async (is, covered, words) => {
    await using folder = await temporaryFolder();
    const { open, outcome } = await acquired(
      join(folder.path, 'case'),
      { with: { secondUser: true, secondUserIs: is } },
      [],
    );
    expect(outcome.state).toBe('partial');
    expect(outcome.users!.find(({ id }) => id === 150)).toMatchObject({ covered, running: is !== 'stopped' });
    const [batch] = await open.batches();
    expect(batch!.missing[0]).toMatch(words);
    const preview = await open.reportPreview({}, 40);
    expect(preview.pages.length).toBeGreaterThan(3);
    await open.close();
  },
);
