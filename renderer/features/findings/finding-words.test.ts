import { describe, expect, it } from 'vitest';
import type { FindingView, FindingWindow } from '../../../shared/types/finding.ts';
import { readView } from '../timeline/view-address.ts';
import { addressOf, placeOf, stateChip, whoOf } from './finding-words.ts';

const window: FindingWindow = {
  fromUs: 1_772_352_000_000_000,
  toUs: 1_772_438_400_000_000,
  by: 'country',
  filter: { app: 'com.example.mail', backgroundOnly: true, uid: 10_100 },
  selection: { fromUs: 1_772_352_000_000_000, toUs: 1_772_355_600_000_000 },
  zone: 'UTC',
  address: {},
};

describe('the way from a finding to its view', () => {
  it('is the address that it was made at', () => {
    expect(addressOf({ ...window, address: { by: 'app', sort: 'name' } })).toEqual({ by: 'app', sort: 'name' });
  });

  it('is worked out where it was made without a window', () => {
    expect(readView(addressOf(window))).toMatchObject({
      range: { fromUs: window.fromUs, toUs: window.toUs },
      by: 'country',
      filter: { app: 'com.example.mail', backgroundOnly: true },
      selection: window.selection,
    });
  });
});

describe('the words of a finding', () => {
  const finding = { state: 'accepted', rule: null, decision: null } as FindingView;
  it.each([
    [finding, 'made'],
    [{ ...finding, rule: 'night-sender' }, 'accepted'],
    [{ ...finding, state: 'open' }, 'open'],
    [{ ...finding, state: 'open', rule: 'night-sender' }, 'proposed'],
    [{ ...finding, state: 'withdrawn' }, 'withdrawn'],
  ] as const)('tell a proposal from one’s own', (one, word) => {
    expect(stateChip(one as FindingView)[1]).toBe(word);
  });

  it('name a place by line or byte, and whom it is of by app, number or peer', () => {
    const cited = { evidence: 'E3', line: 12, offset: 340, app: null, peer: null, uid: 10_100 };
    expect(placeOf({ ...cited } as never)).toBe('E3, line 12');
    expect(placeOf({ ...cited, line: null } as never)).toBe('E3, byte 340');
    expect(whoOf(cited as never)).toBe('uid 10100');
    expect(whoOf({ ...cited, app: 'Mail', peer: 'mx.example.org port 443' } as never)).toBe(
      'Mail, mx.example.org port 443',
    );
    expect(whoOf({ ...cited, uid: null } as never)).toBe('not known');
  });
});
