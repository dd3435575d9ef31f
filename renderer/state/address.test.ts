import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, home, parseAddress, places } from './address.ts';

describe('addresses', () => {
  it('reads the places with and without a case', () => {
    expect(parseAddress('#/phone')).toEqual({ caseId: null, place: 'phone', view: {} });
    expect(parseAddress('#/case/c1/timeline?from=a&by=app')).toEqual({
      caseId: 'c1',
      place: 'timeline',
      view: { from: 'a', by: 'app' },
    });
  });

  it('leads home from what it cannot read, and to the timeline from a case alone', () => {
    for (const text of ['', '#', '#/nowhere', '#/case', '#garbage?x=1']) {
      expect(parseAddress(text)).toMatchObject({ caseId: home.caseId, place: home.place });
    }
    expect(parseAddress('#/case/c1')).toMatchObject({ caseId: 'c1', place: 'timeline' });
    expect(parseAddress('#/case/%E0%A4%A/apps')).toMatchObject({ caseId: '%E0%A4%A', place: 'apps' });
  });

  it('leaves out empty values', () => {
    expect(formatAddress({ caseId: null, place: 'apps', view: { q: '', sort: 'name' } })).toBe('/apps?sort=name');
  });

  it('reads back whatever it writes', () => {
    const view = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1, unit: 'binary' }));
    const address = fc.record({
      caseId: fc.option(fc.string({ minLength: 1 })),
      place: fc.constantFrom(...places),
      view,
    });
    fc.assert(
      fc.property(address, (one) => {
        const again = parseAddress(`#${formatAddress(one)}`);
        expect(again.caseId).toBe(one.caseId);
        expect(again.place).toBe(one.place);
        expect(Object.entries(again.view).sort()).toEqual(Object.entries(one.view).sort());
      }),
      { numRuns: 50 },
    );
  });
});
