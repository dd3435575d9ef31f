import { describe, expect, it } from 'vitest';
import type { Enricher, Label } from '../model/enricher.ts';
import { labelApps, serviceOf } from './enrich-apps.ts';

const label = (name: string, id: string, over: Partial<Label> = {}): Label => ({
  subject: { kind: 'package', name },
  kind: 'service',
  value: id.toUpperCase(),
  detail: { id, vendor: 'Maker', optional: true },
  source: 'a',
  date: '2020-01-01',
  confidence: 'high',
  why: 'because',
  ...over,
});

const enricher = (id: string, give: (name: string) => Label[]): Enricher => ({
  id,
  title: id,
  source: id,
  date: '2020-01-01',
  label: (subject) => subject.packages.flatMap(give),
});

describe('labelApps', () => {
  it('keeps labels that disagree and lists one package of two users once', () => {
    const one = enricher('one', (name) => [label(name, 'cloud')]);
    const two = enricher('two', (name) => [
      label(name, 'push', { detail: { id: 'push', vendor: 'Maker', optional: false } }),
    ]);
    const labels = labelApps(
      [
        { uid: 10_100, packages: ['com.a'] },
        { uid: 1_010_100, packages: ['com.a'] },
      ],
      [one, two],
    );
    expect(labels.map((made) => made.detail.id)).toEqual(['cloud', 'push']);
  });
});

describe('serviceOf', () => {
  const app = (uid: number, ...packages: string[]) => ({ uid, packages });
  it('takes the most confident label of a package', () => {
    const labels = [label('com.a', 'guess', { confidence: 'low' }), label('com.a', 'cloud')];
    expect(serviceOf(labels, app(10_100, 'com.a'))).toEqual({
      id: 'cloud',
      name: 'CLOUD',
      vendor: 'Maker',
      optional: true,
      confidence: 'high',
    });
  });
  it('says nothing where packages of one uid belong to different services', () => {
    expect(serviceOf([label('com.a', 'cloud'), label('com.b', 'push')], app(10_100, 'com.a', 'com.b'))).toBeNull();
  });
  it('keeps the service of an app that shares its uid with unlisted packages, with low confidence', () => {
    expect(serviceOf([label('com.a', 'cloud')], app(10_100, 'com.a', 'com.b'))?.confidence).toBe('low');
  });
  it('says nothing of a system uid that holds other packages too', () => {
    expect(serviceOf([label('com.a', 'cloud')], app(1000, 'com.a', 'android'))).toBeNull();
    expect(serviceOf([label('com.a', 'cloud')], app(1_001_000, 'com.a', 'android'))).toBeNull();
  });
  it('says nothing without a service label, and not known where the packages differ on being optional', () => {
    expect(serviceOf([label('com.a', 'x', { kind: 'vendor' })], app(10_100, 'com.a'))).toBeNull();
    const differing = [
      label('com.a', 'cloud'),
      label('com.b', 'cloud', { detail: { id: 'cloud', vendor: 'Maker', optional: null } }),
    ];
    expect(serviceOf(differing, app(10_100, 'com.a', 'com.b'))?.optional).toBeNull();
  });
});
