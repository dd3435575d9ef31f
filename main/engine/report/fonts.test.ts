import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFonts, readPictureFonts } from './fonts.ts';

const resources = join(import.meta.dirname, '../../../resources');

const able = process.platform === 'linux' && Number(process.versions.node.split('.')[0]) >= 24;
if (!able) console.log('That reports do not depend on the machine’s fonts was not tested: it needs Linux and Node 24.');

/** The same font with every letter a whole em wide: a report that used it would be set otherwise. */
function widened(font: Buffer): Buffer {
  const copy = Buffer.from(font);
  for (let table = 0; table < copy.readUInt16BE(4); table += 1) {
    const at = 12 + table * 16;
    if (copy.toString('latin1', at, at + 4) !== 'hmtx') continue;
    const start = copy.readUInt32BE(at + 8);
    for (let glyph = 0; glyph < 600; glyph += 1) copy.writeUInt16BE(1000, start + 4 * glyph);
  }
  return copy;
}

const script = `
  const at = (file) => new URL(file, process.env.REPORT_ROOM).href;
  const { memoryCase } = await import(at('../../../test/support/memory-case.ts'));
  const { fillSample, reportDataOf } = await import(at('fixtures/sample-case.ts'));
  const { buildReport } = await import(at('report.ts'));
  const { createHash } = await import('node:crypto');
  const sample = await memoryCase();
  await fillSample(sample, { apps: 3, days: 2, evidence: 3 });
  const { pdf } = await buildReport(await reportDataOf(sample), { date: '2026-03-02' });
  process.stdout.write(createHash('sha256').update(pdf).digest('hex'));
`;

describe.skipIf(!able)('fonts', () => {
  it('of the machine change nothing, even under the names of ours', () => {
    const home = mkdtempSync(join(tmpdir(), 'phonehome-fonts-'));
    try {
      mkdirSync(join(home, '.fonts'));
      const hashIn = (folder: string) =>
        execFileSync(process.execPath, ['--input-type=module', '-e', script], {
          env: {
            ...process.env,
            HOME: folder,
            XDG_DATA_HOME: join(folder, 'none'),
            REPORT_ROOM: new URL('./', import.meta.url).href,
          },
          stdio: ['ignore', 'pipe', 'ignore'],
        }).toString();
      const bare = hashIn(home);
      const ours = [...readFonts(), ...readPictureFonts(resources).map(({ bytes }) => bytes)];
      for (const [index, font] of ours.entries()) writeFileSync(join(home, '.fonts', `${index}.ttf`), widened(font));
      expect(hashIn(home)).toBe(bare);
      expect(bare).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
