import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { Failure } from '../../shared/base/failure.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { ScriptedBridge, type ScriptedResult } from '../support/scripted-bridge.ts';
import { netstatsText } from '../support/small-dump.ts';

type Line = Readonly<Record<string, unknown>>;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  return () => folder[Symbol.asyncDispose]();
});

const at = (name: string) => join(folder.path, name);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function linesOf(name: string): Promise<Line[]> {
  const text = await readFile(at(`${name}.phonehome/custody.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
const actions = (lines: readonly Line[]) => lines.map((line) => line.action);

/** A phone that answers the clock, its names and its counters, refuses some and knows nothing else. */
function answer(command: string): ScriptedResult {
  if (command === 'getprop ro.serialno') return { stdout: 'SERIAL1\n' };
  if (command === 'getprop') return { stdout: '[ro.build.version.sdk]: [34]\n[ro.serialno]: [SERIAL1]\n' };
  if (/netstats/.test(command)) return { stdout: netstatsText({ uid: 10_123, buckets: 4 }) };
  if (/^dumpsys package/.test(command)) return { stderr: 'Permission Denial\n', exit: 1 };
  if (/^pm list users/.test(command)) return { stdout: 'Users:\n\tUserInfo{0:Owner:13} running\n' };
  return { stderr: `${command}: not found\n`, exit: 127 };
}

async function inCase<T>(
  name: string,
  bridge: ScriptedBridge | typeof noPhones,
  use: (open: OpenCase) => Promise<T>,
): Promise<T> {
  const engine = testEngine(bridge, () => Date.now() * 1000, at('keys'));
  const open = (await engine.isCase(at(name)))
    ? await engine.openCase(at(name))
    : await engine.createCase(at(name), { ...emptyCaseInfo, examiner: 'A. Example' });
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}

describe('an acquisition', () => {
  test('leaves a line for every command that reached the phone, as each ended, with exit, bytes and hash', async () => {
    const bridge = new ScriptedBridge(answer);
    await inCase('phone', bridge, (open) => open.acquire({ serial: null, profile: 'quick' }, work()));
    const lines = await linesOf('phone');
    const commands = lines.filter((line) => line.action === 'phone.command');
    const timeOf = (line: Record<string, unknown>, end: 'hostBefore' | 'hostAfter') => String(line[end]);
    const begun = commands.toSorted((a, b) => timeOf(a, 'hostBefore').localeCompare(timeOf(b, 'hostBefore')));
    expect(begun.map((line) => line.command)).toEqual(bridge.asked);
    const ends = commands.map((line) => timeOf(line, 'hostAfter'));
    expect(ends).toEqual(ends.toSorted());
    // The probe for the serial ran before there was a batch, and is told of all the same.
    const probe = commands.find((line) => line.command === 'getprop ro.serialno');
    expect(probe).toMatchObject({
      serial: 'S1',
      ending: 'exit',
      exit: 0,
      bytes: 8,
      sha256: sha256('SERIAL1\n'),
      batch: 1,
    });
    for (const line of commands) {
      const said = answer(String(line.command));
      const text = String(said.stdout ?? '');
      expect(line).toMatchObject({ exit: said.exit ?? 0, bytes: Buffer.byteLength(text), sha256: sha256(text) });
      expect(line.stderrBytes).toBe(Buffer.byteLength(said.stderr ?? ''));
      expect(String(line.hostBefore)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{15}Z$/);
      expect(String(line.hostAfter) >= String(line.hostBefore)).toBe(true);
    }
    expect(actions(lines).slice(0, 3)).toEqual(['case.created', 'batch.started', 'phone.command']);
    expect(lines[1]).toMatchObject({ program: 'Phonehome test', serial: 'SERIAL1', profile: 'quick' });
    expect(lines.at(-1)?.action).toBe('batch.finished');
    // Every line says who and when, and carries on the chain.
    for (const line of lines) expect(line).toMatchObject({ who: expect.any(String), at: expect.any(String) });
    expect(await testEngine().verifyFolder(at('phone'), work())).toMatchObject({ ok: true, failures: [] });
  });

  test('tells of a command that was refused on this side, and of the sink that failed', async () => {
    const bridge = new ScriptedBridge((command) => {
      if (/^getprop$/.test(command)) throw new Failure('refused-command', 'This command is not let through.');
      return answer(command);
    });
    await inCase('refused', bridge, (open) =>
      expect(open.acquire({ serial: null, profile: 'quick' }, work())).rejects.toMatchObject({
        code: 'refused-command',
      }),
    );
    const line = (await linesOf('refused')).find((one) => one.command === 'getprop');
    expect(line).toMatchObject({ ending: 'not sent', exit: null, bytes: 0, why: 'This command is not let through.' });
  });

  test('that finds no phone leaves nothing', async () => {
    const bridge = new ScriptedBridge(answer);
    bridge.devices = [];
    await inCase('none', bridge, (open) =>
      expect(open.acquire({ serial: null, profile: 'quick' }, work())).rejects.toBeInstanceOf(Failure),
    );
    expect(actions(await linesOf('none'))).toEqual(['case.created']);
  });

  test('of which the phone’s clock was measured says its offset on each later command', async () => {
    const clock = (command: string): ScriptedResult =>
      command.startsWith('date') || command.includes('/proc/uptime')
        ? { stdout: '1700000000.000000000\n100.00 10.00\n' }
        : answer(command);
    const bridge = new ScriptedBridge(clock);
    await inCase('clock', bridge, (open) => open.acquire({ serial: null, profile: 'quick' }, work()));
    const lines = await linesOf('clock');
    const compared = lines.findIndex((line) => line.action === 'clock.compared');
    const offset = (lines[compared]?.offset as { offsetMs: number; errorMs: number } | null) ?? null;
    expect(offset).not.toBeNull();
    const later = lines.slice(compared).filter((line) => line.action === 'phone.command');
    expect(later.length).toBeGreaterThan(3);
    expect(later[0]).toMatchObject({ offsetMs: offset?.offsetMs, offsetErrorMs: offset?.errorMs });
    expect(lines.find((line) => line.action === 'phone.command')).toMatchObject({ offsetMs: null });
  });
});

describe('what is made from a case', () => {
  test('is told of with its hash: reports, exports, signatures, time-stamp requests, sealed files', async () => {
    await writeFile(at('dump.txt'), netstatsText({ uid: 10_123, buckets: 4 }));
    const engine = testEngine(noPhones, () => Date.now() * 1000, at('keys'));
    await engine.createSigningKey({ name: 'A. Example', passphrase: 'three small words' });
    await inCase('made', noPhones, async (open) => {
      await open.importFiles([at('dump.txt')], work());
      await open.reportWrite(null, {}, work());
      await open.reportWrite(at('outside.pdf'), {}, work());
      await open.export('csv', at('events.csv'));
      await open.rebuild(work());
      await open.sign('three small words', work());
      await open.requestStamp(at('request.tsq'));
    });
    await engine.sealCase(
      at('made'),
      { to: ['age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg'], out: at('made.age') },
      work(),
    );
    const lines = (await linesOf('made')).slice(4);
    expect(actions(lines)).toEqual([
      'report.written',
      'report.written',
      'export.written',
      'case.rebuilt',
      'case.signed',
      'stamp.requested',
      'case.sealed',
    ]);
    const hashed = [
      ['report.written', at('made.phonehome/reports/report-1.pdf')],
      ['export.written', at('events.csv')],
      ['case.signed', at('made.phonehome/signatures/manifest-1.json')],
      ['stamp.requested', at('request.tsq')],
      ['case.sealed', at('made.age')],
    ] as const;
    for (const [action, file] of hashed) {
      const bytes = await readFile(file);
      const line = lines.find((one) => one.action === action);
      expect(line).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
    }
    // No line names a folder of the examiner's machine.
    expect(JSON.stringify(lines)).not.toContain(folder.path);
    expect(await testEngine().verifyFolder(at('made'), work())).toMatchObject({ ok: true });
  });

  test('while the case is being written goes between the lines of that work, and the chain holds', async () => {
    const during: Promise<unknown>[] = [];
    await inCase('between', noPhones, (open) => open.importFiles([at('dump.txt')], work()));
    let open!: OpenCase;
    const bridge = new ScriptedBridge((command) => {
      if (during.length < 5) during.push(open.export('csv', at(`during-${during.length}.csv`)));
      return answer(command);
    });
    await inCase('between', bridge, async (it) => {
      open = it;
      await open.acquire({ serial: null, profile: 'quick' }, work());
      await Promise.all(during);
    });
    const lines = await linesOf('between');
    const started = lines.findIndex((line) => line.action === 'batch.started' && line.batch === 2);
    const exports = lines.flatMap((line, n) => (line.action === 'export.written' ? [n] : []));
    expect(exports).toHaveLength(5);
    expect(exports.some((n) => n > started && n < lines.length - 1)).toBe(true);
    expect(await testEngine().verifyFolder(at('between'), work())).toMatchObject({ ok: true, failures: [] });
  });
});
