import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { VerifyOutcome } from '../../../shared/types/outcome.ts';
import type { Progress } from '../ports/progress.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, sizeOf } from '../store/case-folder.ts';
import { CHAIN_START, type CustodyReading, headAfter, readCustody } from '../store/custody-log.ts';
import { batchesOf } from '../store/read-batches.ts';

type Fault = VerifyOutcome['failures'][number];

/** SHA-256 of a file, read in pieces. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function checkDatabase(paths: CasePaths, reading: CustodyReading, faults: Fault[]): Promise<number> {
  let database: CaseDatabase;
  try {
    database = await CaseDatabase.open(paths.database, 'read');
  } catch (error) {
    faults.push({
      what: 'case.sqlite',
      expected: 'a case file that opens',
      found:
        error instanceof Failure && error.code === 'read-only'
          ? 'a write that was cut off; opening the case where it can be written repairs it'
          : error instanceof Error
            ? error.message
            : String(error),
    });
    return 1;
  }
  try {
    const meta = new Map(
      (await database.all<{ key: string; value: string }>(`SELECT key, value FROM meta`)).map((row) => [
        row.key,
        row.value,
      ]),
    );
    const lines = Number(meta.get('custody lines') ?? 0);
    const head = meta.get('custody head') ?? CHAIN_START;
    if (reading.lines.length < lines) {
      faults.push({
        what: 'custody.jsonl: number of lines',
        expected: `at least ${lines}`,
        found: String(reading.lines.length),
      });
    } else if (headAfter(reading, lines) !== head) {
      faults.push({
        what: `custody.jsonl: hash of line ${lines}`,
        expected: head,
        found: headAfter(reading, lines) ?? 'none',
      });
    }
    const told = new Map(
      (await database.all<{ id: string; sha256: string }>(`SELECT id, sha256 FROM evidence`)).map((row) => [
        row.id,
        row.sha256,
      ]),
    );
    for (const one of batchesOf(reading.lines).flatMap((batch) => batch.evidence)) {
      const found = told.get(one.id);
      if (found !== one.sha256)
        faults.push({ what: `case.sqlite: evidence ${one.id}`, expected: one.sha256, found: found ?? 'not there' });
    }
    const sound = await database.get<{ quick_check: string }>('PRAGMA quick_check(1)');
    if (sound?.quick_check !== 'ok')
      faults.push({ what: 'case.sqlite', expected: 'ok', found: sound?.quick_check ?? 'nothing' });
  } catch (error) {
    faults.push({
      what: 'case.sqlite',
      expected: 'a case file that can be read',
      found: error instanceof Error ? error.message : String(error),
    });
  } finally {
    await database.close();
  }
  return 1;
}

/**
 * Checks a case without changing it: every evidence file against its hash in the log, the log against itself and against
 * what the case file remembers of it, every report against the log. Works on a read-only copy. Rejects only where there
 * is no log to check against.
 */
export async function verifyCase(paths: CasePaths, progress: Progress, signal: AbortSignal): Promise<VerifyOutcome> {
  const reading = await readCustody(paths.custody);
  if (reading.lines.length === 0 && reading.faults.length === 0) {
    throw new Failure(
      'case-damaged',
      `The custody log of ${paths.root} is empty: there is nothing to check against.`,
      null,
    );
  }
  const faults: Fault[] = [...reading.faults];
  if (reading.tornBytes > 0) {
    faults.push({
      what: 'custody.jsonl: its end',
      expected: 'a whole line',
      found: `${reading.tornBytes} bytes of a line that was cut off`,
    });
  }
  let checked = reading.lines.length;

  const kept = batchesOf(reading.lines).flatMap((batch) => batch.evidence);
  const names = new Map(kept.map((one) => [one.sha256, one]));
  let at = 0;
  for (const [sha256, one] of names) {
    if (signal.aborted) throw new Failure('cancelled', 'The check was cancelled.', null);
    progress.now(`Checking ${one.id} ${one.name}`, at / names.size);
    at += 1;
    checked += 1;
    const path = join(paths.evidence, sha256);
    const size = await sizeOf(path);
    if (size === null) {
      faults.push({ what: `evidence ${one.id} (${one.name})`, expected: sha256, found: 'the file is missing' });
      continue;
    }
    try {
      const found = await hashFile(path, signal);
      if (found !== sha256) faults.push({ what: `evidence ${one.id} (${one.name})`, expected: sha256, found });
    } catch (error) {
      faults.push({
        what: `evidence ${one.id} (${one.name})`,
        expected: sha256,
        found: error instanceof Error ? error.message : String(error),
      });
    }
  }
  for (const name of await readdir(paths.evidence).catch(() => [] as string[])) {
    if (!names.has(name) && !name.startsWith('.incoming-')) {
      faults.push({ what: `evidence/${name}`, expected: 'a line in custody.jsonl', found: 'none' });
    }
  }

  for (const line of reading.lines.filter((one) => one.action === 'report.written' && typeof one.file === 'string')) {
    checked += 1;
    const path = resolve(paths.root, String(line.file));
    if (!path.startsWith(paths.reports + sep)) continue;
    const found = await hashFile(path).catch(() => null);
    if (found !== line.sha256) {
      faults.push({ what: String(line.file), expected: String(line.sha256), found: found ?? 'the file is missing' });
    }
  }
  checked += await checkDatabase(paths, reading, faults);
  return { ok: faults.length === 0, checked, failures: faults };
}
