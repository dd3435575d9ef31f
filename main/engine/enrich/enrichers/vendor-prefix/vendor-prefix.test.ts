import { expect, it } from 'vitest';
import type { Lists } from '../../lists.ts';
import { vendorPrefix } from './index.ts';

const lists: Pick<Lists, 'services' | 'files'> = {
  services: {
    title: 'A list',
    date: '2020-06-01',
    sources: [],
    services: [],
    endpoints: [],
    packages: [
      {
        package: 'com.maker.known',
        service: 'x',
        role: 'known',
        optional: null,
        optionalBasis: null,
        switchOff: null,
        sources: ['s'],
        date: '2020-06-01',
        confidence: 'high',
      },
    ],
    prefixes: [
      { prefix: 'com.maker.', vendor: 'Maker' },
      { prefix: 'com.maker.arm.', vendor: 'Maker Arm' },
    ],
  },
  files: [],
};

it('names the vendor of an unlisted package by the longest prefix, with low confidence and the reason', () => {
  const enricher = vendorPrefix(lists, { maker: null });
  const labels = enricher.label({
    uid: 10_001,
    packages: ['com.maker.known', 'com.makerother', 'com.maker.arm.tool', 'com.maker.notes'],
  });
  expect(labels.map((label) => [label.subject, label.value, label.confidence])).toEqual([
    [{ kind: 'package', name: 'com.maker.arm.tool' }, 'Maker Arm', 'low'],
    [{ kind: 'package', name: 'com.maker.notes' }, 'Maker', 'low'],
  ]);
  expect(labels[0]?.detail).toEqual({ id: 'maker-arm', vendor: 'Maker Arm', optional: null });
  expect(labels[0]?.why).toContain('begins with com.maker.arm.');
});
