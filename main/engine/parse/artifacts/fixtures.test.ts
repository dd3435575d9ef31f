import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, sourceOf } from '../testing/collect.ts';
import { artifacts } from './index.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
/** `PHONEHOME_GOLDEN=write` writes what comes out; read the difference before it is kept. */
const writing = process.env.PHONEHOME_GOLDEN === 'write';

describe('the list of artifacts', () => {
  it('holds every folder, under its own name, once', () => {
    expect(artifacts.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
  });
  it('gives each section to one artifact', () => {
    const sections = artifacts.flatMap(({ reads }) => reads);
    expect(new Set(sections).size).toBe(sections.length);
    for (const { reads } of artifacts) expect(reads.length).toBeGreaterThan(0);
  });
  it('states what each proves and what not', () => {
    for (const { proves, doesNotProve } of artifacts) {
      expect(proves.length).toBeGreaterThan(0);
      expect(doesNotProve.length).toBeGreaterThan(0);
    }
  });
});

interface Golden {
  /** What the acquisition would have said: set by hand, kept when the file is written anew. */
  readonly given: { readonly section: string; readonly user: number | null; readonly command?: string };
  readonly cut: boolean;
  /** Line (text) or nothing, offset, record. */
  readonly records: readonly unknown[];
  readonly warnings: readonly unknown[];
}

for (const artifact of artifacts) {
  describe(artifact.id, () => {
    const folder = join(import.meta.dirname, artifact.id, 'fixtures');
    const samples = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.golden.json')) : [];
    it('has samples', () => expect(samples.length).toBeGreaterThan(0));
    it.each(samples)('%s', async (sample) => {
      const name = basename(sample).replace(/\.(?:txt|bin)$/, '');
      const goldenPath = join(folder, `${name}.golden.json`);
      const golden = existsSync(goldenPath) ? (JSON.parse(readFileSync(goldenPath, 'utf8')) as Golden) : null;
      const given = golden?.given ?? { section: artifact.reads[0]!, user: null };
      const source = sourceOf(join(folder, sample), name, given);
      const out = await collect(source);
      expect(out.sections.map((section) => section.artifact)).toEqual([artifact.id]);
      const [section] = out.sections;
      const found: Golden = {
        given,
        cut: section!.totals!.cut,
        records: section!.records.map(({ record, at }) => [at.line, at.offset, record]),
        warnings: section!.warnings.map(({ at, text, reason }) => [at.line, at.offset, reason, text]),
      };
      expect(section!.totals!.records).toBe(found.records.length);
      expect(section!.totals!.warnings).toBe(found.warnings.length);
      expect(section!.totals!.length).toBe(readFileSync(join(folder, sample)).length);
      if (writing) {
        const rows = (list: readonly unknown[]): string => list.map((row) => `\n    ${JSON.stringify(row)}`).join(',');
        writeFileSync(
          goldenPath,
          `{\n  "given": ${JSON.stringify(found.given)},\n  "cut": ${found.cut},\n  "records": [${rows(found.records)}\n  ],\n  "warnings": [${rows(found.warnings)}\n  ]\n}\n`,
        );
        return;
      }
      expect(golden, `${name}.golden.json is missing`).not.toBeNull();
      expect(found).toEqual(golden);
    });
  });
}
