import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AddressStatement, Confidence, HostStatement, Sourced, StatementSource } from '../../model/enricher.ts';
import { loadLists } from '../lists.ts';
import { operatorOf, ownerOf } from './decide-operator.ts';

const source: StatementSource = {
  key: 'networks 2026-01-01',
  title: 'Networks',
  date: '2026-01-01',
  sha256: '00',
  licence: 'MIT',
  attribution: null,
  shipped: true,
};
const network = (asn: number, name: string): Sourced<AddressStatement> => ({ kind: 'network', asn, name, source });
const owner = (organisation: string, confidence: Confidence): Sourced<HostStatement> => ({
  kind: 'owner',
  organisation,
  domain: `${organisation}.example`,
  confidence,
  source,
});

describe('who runs a network, and whose a host is', async () => {
  const lists = await loadLists(join(import.meta.dirname, '../../../../resources'));

  it('tells the group behind a name that misleads, and keeps the name', () => {
    expect(operatorOf([network(45_102, 'Alibaba (US) Technology Co., Ltd.')], lists, null)).toMatchObject({
      asn: 45_102,
      announced: 'Alibaba (US) Technology Co., Ltd.',
      organisation: { name: 'Alibaba', group: 'Alibaba Group Holding Limited', state: 'CN' },
    });
  });

  it('keeps the announced name of a network that no organisation has, and no more', () => {
    expect(operatorOf([network(64_496, 'Somebody')], lists, null)).toEqual({
      asn: 64_496,
      announced: 'Somebody',
      organisation: null,
      source,
    });
    expect(operatorOf([{ kind: 'location', country: 'SG', region: null, source }], lists, null)).toBeNull();
  });

  it('takes the table of networks that is nearest in time to the contact', () => {
    const of = (asn: number, date: string) => ({ ...network(asn, 'x'), source: { ...source, key: date, date } });
    const said = [of(1, '2026-06-17'), of(2, '2021-01-01')];
    const at = (date: string) => Date.parse(date) * 1000;
    expect(operatorOf(said, lists, at('2026-01-01'))?.asn).toBe(1);
    expect(operatorOf(said, lists, at('2020-05-01'))?.asn).toBe(2);
    expect(operatorOf(said, lists, null)?.asn).toBe(1);
  });

  it('takes the most confident owner, the first of equals, and none whose organisation is not listed', () => {
    expect(ownerOf([owner('oppo', 'low'), owner('xiaomi', 'high'), owner('samsung', 'high')], lists)).toMatchObject({
      id: 'xiaomi',
      state: 'CN',
      domain: 'xiaomi.example',
    });
    expect(ownerOf([owner('nobody', 'high')], lists)).toBeNull();
    expect(ownerOf([{ kind: 'region', country: 'IN', region: 'ap-south-1', source }], lists)).toBeNull();
  });
});
