import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const run = promisify(execFile);
const poppler = await run('pdftotext', ['-v']).then(
  () => true,
  () => false,
);
if (!poppler) console.log('The text of the PDF was left out: pdftotext (poppler-utils) is not there.');

describe('the sample case answers what such an examination is asked', () => {
  let open: OpenCase;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    const path = join(folder.path, 'Sample.phonehome');
    await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
    open = await testEngine().openCase(path);
    return async () => {
      await open.close();
      await folder[Symbol.asyncDispose]();
    };
  });

  it('where, whose, and under which state, as three facts', async () => {
    const { rows } = await open.destinations('country', {});
    const countries = rows.map(({ key }) => key);
    for (const country of ['CN', 'SG', 'US', 'IN', 'DE']) expect(countries).toContain(country);
    const singapore = rows.find(({ key }) => key === 'SG');
    expect(singapore?.operatorStates).toEqual(['CN', 'US']);
    expect(singapore?.ownerStates).toEqual(['CN']);
  });

  it('which service explains it, whether it is optional, and that it was on before and off after', async () => {
    const now = await open.explain({ kind: 'app', key: 'com.miui.cloudservice' });
    const [cloud] = now.candidates;
    expect(cloud).toMatchObject({ service: { id: 'xiaomi-mi-cloud', optional: true }, on: 'off', confidence: 'high' });
    expect(cloud?.for.some(({ evidence }) => evidence?.startsWith('c'))).toBe(true);
    const { events } = await open.events({ app: 'com.miui.cloudservice', kind: 'volume' }, 1, 0);
    const before = await open.explain({ kind: 'event', key: events[0]!.id });
    expect(before.candidates[0]).toMatchObject({ service: { id: 'xiaomi-mi-cloud' }, on: 'on' });
    for (const id of ['xiaomi-mi-account', 'xiaomi-cloud-messaging', 'xiaomi-mi-cloud']) {
      const { service } = (await open.explain({ kind: 'service', key: id })).candidates[0]!;
      expect([id, service.published.length > 0, service.announced.length > 0]).toEqual([id, true, true]);
    }
  });

  it('which laws reach it, and which data were at stake', async () => {
    const { laws, atStake } = await open.explain({ kind: 'app', key: 'com.miui.cloudservice' });
    expect(laws.some(({ country, because }) => country === 'CN' && because === 'place')).toBe(true);
    expect(atStake.filter(({ lastUsed }) => lastUsed !== null).map(({ category }) => category)).toContain('contacts');
  });

  it.skipIf(!poppler)('and its PDF says so', async () => {
    const out = join(folder.path, 'sample.pdf');
    await open.reportWrite(out, {}, work());
    const { stdout } = await run('pdftotext', ['-layout', out, '-'], { maxBuffer: 64 * 1024 * 1024 });
    const text = stdout.replace(/\s+/g, ' ');
    for (const words of [
      'In which country?',
      'China (',
      'Singapore (',
      'Xiaomi (CN)',
      'Mi Cloud: optional yes, on: off',
      'National Intelligence Law',
      'IP geolocation by DB-IP',
      'What was published and announced of these services',
    ])
      expect([words, text.includes(words)]).toEqual([words, true]);
    expect(text).not.toContain('No service that the catalogue knows');
  });
});
