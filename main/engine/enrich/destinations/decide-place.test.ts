import { describe, expect, it } from 'vitest';
import type { AddressStatement, Sourced, StatementSource } from '../../model/enricher.ts';
import { decidePlace } from './decide-place.ts';

const from = (key: string, date = '2026-06-01'): StatementSource => ({
  key: `${key} ${date}`,
  title: key,
  date,
  sha256: '0'.repeat(64),
  licence: 'CC0-1.0',
  attribution: null,
  shipped: true,
});
const at = (iso: string) => Date.parse(`${iso}T00:00:00Z`) * 1000;
const said = (kind: 'cloud region' | 'location', country: string, date?: string): Sourced<AddressStatement> => ({
  kind,
  country,
  region: null,
  source: from(kind, date),
});
const registered = (country: string): Sourced<AddressStatement> => ({
  kind: 'registration',
  country,
  source: from('registration'),
});
const named = (country: string) => ({ kind: 'region' as const, country, region: 'x', source: from('names') });
const now = at('2026-07-01');

describe('decidePlace', () => {
  it('takes the operator’s table before the host’s name, and that before a database', () => {
    const statements = [said('location', 'US'), said('cloud region', 'SG'), registered('US')];
    expect(decidePlace(statements, [named('SG')], now).shown?.kind).toBe('cloud region');
    expect(decidePlace([said('location', 'SG')], [named('SG')], now).shown?.kind).toBe('region');
    expect(decidePlace([said('location', 'SG')], [named('SG')], now)).toMatchObject({
      disputed: false,
      confidence: 'high',
    });
  });

  it('never takes the registration for a place', () => {
    expect(decidePlace([registered('CN')], [], now)).toEqual({ shown: null, disputed: false, confidence: 'low' });
  });

  it('calls a place disputed only where sources of places differ', () => {
    expect(decidePlace([said('location', 'SG'), registered('CN')], [], now)).toMatchObject({
      disputed: false,
      confidence: 'low',
    });
    expect(decidePlace([said('location', 'SG'), said('location', 'HK')], [], now)).toMatchObject({
      disputed: true,
      confidence: 'low',
    });
    expect(decidePlace([said('location', 'US'), said('cloud region', 'SG')], [], now)).toMatchObject({
      shown: { country: 'SG' },
      disputed: true,
      confidence: 'medium',
    });
    expect(decidePlace([said('location', 'US')], [named('IN')], now)).toMatchObject({
      shown: { country: 'IN' },
      disputed: true,
    });
  });

  it('takes of several databases the one nearest in time to the contact, and the newest without a time', () => {
    const two = [said('location', 'SG', '2026-06-01'), said('location', 'CN', '2014-10-01')];
    expect(decidePlace(two, [], at('2014-08-01')).shown?.country).toBe('CN');
    expect(decidePlace(two, [], at('2026-01-01')).shown?.country).toBe('SG');
    expect(decidePlace(two, [], null).shown?.country).toBe('SG');
    expect(decidePlace([...two].reverse(), [], null).shown?.country).toBe('SG');
  });

  it('has less confidence in a database that is years away from the contact', () => {
    const statements = [said('location', 'CN'), registered('CN')];
    expect(decidePlace(statements, [], now).confidence).toBe('medium');
    expect(decidePlace(statements, [], at('2014-08-01')).confidence).toBe('low');
  });
});
