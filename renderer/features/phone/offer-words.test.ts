import { describe, expect, it } from 'vitest';
import type { OwnerFile, PhoneLook } from '../../../shared/types/device.ts';
import { appsText, filesText, narrowApps, orderedApps } from './offer-words.ts';

const file = (path: string, bytes: number | null): OwnerFile => ({ path, kind: 'capture', bytes, modified: null });
const app = (name: string | null, pack: string, system = false): PhoneLook['apps'][number] => ({
  package: pack,
  name,
  system,
});
const apps = [
  app('Mi Cloud', 'com.miui.cloud', true),
  app(null, 'org.b'),
  app('Ärzte', 'de.arzt'),
  app('Zoom', 'us.zoom'),
];

describe('what a phone offers, in words', () => {
  it('is counted, and a size that the phone did not tell is not made up', () => {
    const files = [file('/a', 1_000_000), file('/b', null), file('/c', 2_000_000)];
    expect(filesText([], new Set())).toBe('none found');
    expect(filesText(files, new Set())).toBe('3 found, none chosen');
    expect(filesText(files, new Set(['/a', '/c']))).toBe('2 of 3 chosen, 3.00 MB');
    expect(filesText(files, new Set(['/a', '/b']))).toBe('2 of 3 chosen, at least 1.00 MB');
    expect(filesText(files, new Set(['/b', '/gone']))).toBe('1 of 3 chosen');
    expect(appsText(apps, new Set(['org.b', 'not.there']))).toBe('1 of 4 chosen');
  });

  it('is found by name or package in any case, with or without what came with the phone', () => {
    expect(narrowApps(apps, 'MI', false).map((one) => one.package)).toEqual(['com.miui.cloud']);
    expect(narrowApps(apps, ' zoom ', true).map((one) => one.package)).toEqual(['us.zoom']);
    expect(narrowApps(apps, '', true)).toHaveLength(3);
    expect(narrowApps(apps, 'nothing', false)).toEqual([]);
  });

  it('has what its owner installed first, then by name as people read it', () => {
    expect(orderedApps(apps).map((one) => one.package)).toEqual(['de.arzt', 'org.b', 'us.zoom', 'com.miui.cloud']);
  });
});
