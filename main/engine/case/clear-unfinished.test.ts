import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/engine.ts';
import type { Origin } from '../model/evidence.ts';
import { casePaths } from '../store/case-folder.ts';
import { noteEnd, writeNote } from '../store/incoming-notes.ts';
import type { BatchFacts } from '../store/read-batches.ts';
import { clearUnfinished } from './clear-unfinished.ts';

const OPENED_US = 1_700_000_000_000_000;
const origin: Origin = { kind: 'command', step: 'netstats', command: 'dumpsys netstats', stream: 'stdout', user: null };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function batch(change: Partial<BatchFacts> = {}): BatchFacts {
  return {
    id: 1,
    kind: 'acquisition',
    startedAt: '2026-01-01T00:00:00.000000Z',
    finishedAt: null,
    state: 'interrupted',
    serial: 'S1',
    profile: 'full',
    continues: null,
    unfinished: null,
    offsetBefore: null,
    offsetAfter: null,
    missing: [],
    evidence: [],
    ...change,
  };
}

async function leftovers(make: (evidence: string) => Promise<void>, batches: readonly BatchFacts[] = [batch()]) {
  const folder = await temporaryFolder();
  const paths = casePaths(folder.path);
  await mkdir(paths.evidence);
  await make(paths.evidence);
  const kept: Record<string, unknown>[] = [];
  const cleared: Record<string, unknown>[] = [];
  const log = {
    kept: async (one: object) => void kept.push({ ...one }),
    cleared: async (one: object) => void cleared.push({ ...one }),
  };
  await clearUnfinished(paths, batches, log);
  const names = await readdir(paths.evidence);
  return { folder, paths, kept, cleared, names };
}

const note = { batch: 1, name: 'Bytes per app', origin, section: 'dumpsys netstats', openedUs: OPENED_US };
const facts = { state: 'complete', exit: 0, hostBeforeUs: OPENED_US, hostAfterUs: OPENED_US + 5_000_000 } as const;

describe('what a crash left in evidence/', () => {
  test('half of a phone’s answer becomes evidence that says so', async () => {
    const left = await leftovers(async (evidence) => {
      await writeNote(join(evidence, '.incoming-9-1-2'), note);
      await writeFile(join(evidence, '.incoming-9-1-2'), 'half an ans');
    });
    await using _ = left.folder;
    const sha256 = hashOf('half an ans');
    expect(left.names).toEqual([sha256]);
    expect((await stat(join(left.paths.evidence, sha256))).mode & 0o222).toBe(0);
    expect(left.kept).toMatchObject([
      { id: 'E1', batch: 1, sha256, bytes: 11, origin, state: 'interrupted', exit: null, section: 'dumpsys netstats' },
    ]);
    expect(left.kept[0]!.recovered).toMatch(/ended, or the disk was full, before its last byte/);
    expect(left.cleared).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    'a whole answer, cut off %s it got its name, keeps what was known of it',
    async (when) => {
      const sha256 = hashOf('whole');
      const left = await leftovers(async (evidence) => {
        const partial = join(evidence, '.incoming-9-1-3');
        await writeNote(partial, note);
        await noteEnd(partial, { sha256, bytes: 5, ...facts, section: null });
        await writeFile(when === 'before' ? partial : join(evidence, sha256), 'whole');
      });
      await using _ = left.folder;
      expect(left.names).toEqual([sha256]);
      expect(left.kept).toMatchObject([{ sha256, bytes: 5, state: 'complete', exit: 0, section: null }]);
    },
  );

  test('an answer whose line was written is not told twice', async () => {
    const sha256 = hashOf('whole');
    const evidence = [
      { id: 'E1', batch: 1, sha256, bytes: 5, hostBefore: '2023-11-14T22:13:20.000000Z' },
    ] as unknown as BatchFacts['evidence'];
    const make = async (folder: string) => {
      await writeNote(join(folder, '.incoming-9-1-3'), note);
      await noteEnd(join(folder, '.incoming-9-1-3'), { sha256, bytes: 5, ...facts });
      await writeFile(join(folder, sha256), 'whole');
    };
    const left = await leftovers(make, [batch({ evidence })]);
    await using _ = left.folder;
    expect([left.names, left.kept, left.cleared]).toEqual([[sha256], [], []]);
  });

  test('an empty answer that was whole is evidence, an empty file that was not is nothing', async () => {
    const left = await leftovers(async (evidence) => {
      await writeNote(join(evidence, '.incoming-9-1-1'), note);
      await noteEnd(join(evidence, '.incoming-9-1-1'), { sha256: hashOf(''), bytes: 0, ...facts });
      await writeFile(join(evidence, '.incoming-9-1-1'), '');
      await writeNote(join(evidence, '.incoming-9-1-2'), note);
      await writeFile(join(evidence, '.incoming-9-1-2'), '');
    });
    await using _ = left.folder;
    expect(left.kept).toMatchObject([{ sha256: hashOf(''), bytes: 0, state: 'complete' }]);
    expect(left.names).toEqual([hashOf('')]);
  });

  test('the copy of a file, what has no note, and a torn note are removed, and the log gets size and hash', async () => {
    const file: Origin = { kind: 'file', path: 'a/photo.zip' };
    const left = await leftovers(
      async (evidence) => {
        await writeNote(join(evidence, '.incoming-9-2-6'), { ...note, batch: 2, name: 'a/photo.zip', origin: file });
        await writeFile(join(evidence, '.incoming-9-2-6'), 'half a copy');
        await writeFile(join(evidence, '.incoming-9-1-4'), 'nameless');
        await writeFile(join(evidence, '.incoming-9-1-5'), 'torn');
        await writeFile(join(evidence, '.incoming-9-1-5.note'), '{"batch":1,"na');
        await writeFile(join(evidence, '.incoming-9-1-reserve'), Buffer.alloc(100));
      },
      [batch(), batch({ id: 2, kind: 'import' })],
    );
    await using _ = left.folder;
    expect(left.names).toEqual([]);
    expect(left.kept).toEqual([]);
    expect(left.cleared.map(({ sha256, bytes, name }) => [sha256, bytes, name])).toEqual([
      [hashOf('nameless'), 8, null],
      [hashOf('torn'), 4, null],
      [hashOf('half a copy'), 11, 'a/photo.zip'],
    ]);
  });

  test('a file under another hash than its own is left for verify to find', async () => {
    const left = await leftovers((evidence) => writeFile(join(evidence, 'f'.repeat(64)), 'planted'));
    await using _ = left.folder;
    expect(left.names).toEqual(['f'.repeat(64)]);
    expect(left.cleared).toEqual([]);
  });
});
