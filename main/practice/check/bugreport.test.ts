import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { buildBugreport, createWorld, makers, zipBugreport } from '../index.ts';
import { readDump } from './mini-reader.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;

function namesIn(zip: Uint8Array): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(zip), { lazyEntries: false }, (error, file) => {
      if (error || !file) return reject(error);
      const names: string[] = [];
      file.on('entry', (entry) => names.push(entry.fileName));
      file.on('end', () => resolve(names));
      file.on('error', reject);
    });
  });
}

describe('the bugreport', () => {
  it.each([21, 24, 26, 28, 30, 33, 36])('of SDK %i holds sections that close, and no uid history', async (sdk) => {
    const android = ({ 21: 5, 24: 7, 26: 8, 28: 9, 30: 11, 33: 13, 36: 16 } as const)[sdk as 21];
    const world = createWorld({ seed: sdk, android, sdk, maker: makers[sdk % 4]!, nowUs: NOW, days: 4 });
    const report = buildBugreport(world);
    expect(report.text.startsWith(`${'='.repeat(56)}\n== dumpstate: 20`)).toBe(true);
    const part = report.text
      .split('DUMP OF SERVICE netstats:\n')[1]!
      .split(sdk >= 24 ? '\n--------- ' : `\n${'-'.repeat(79)}`)[0]!;
    const rows = readDump(part);
    expect(
      rows.every((row) => row.history === 'History since boot' && (row.table === 'dev' || row.table === 'xt')),
    ).toBe(true);
    expect(report.text).toContain('------ SYSTEM PROPERTIES (getprop) ------\n[');
    for (const app of world.apps) expect(report.text).toContain(`  Package [${app.package}] (`);
    const members = await namesIn(await zipBugreport(report));
    expect(members).toContain(`${report.name}.txt`);
    expect(members.includes('version.txt')).toBe(sdk >= 24);
    expect(await zipBugreport(report)).toEqual(await zipBugreport(buildBugreport(world)));
  });
});
