import { describe, expect, it } from 'vitest';
import type { DestinationRow } from '../../../../shared/types/destination.ts';
import { LEAST_RADIUS, labelOffset, legendAmounts, marksOf, radiusOf } from './map-marks.ts';
import { moved, wholeWorld, zoomed } from './map-view.ts';
import { surface, worldShapes } from './world-shapes.ts';

const row = (key: string | null, sent: number | null, disputed = 0): DestinationRow => ({
  key,
  name: key ?? 'Country not known',
  countries: key === null ? [] : [key],
  operatorStates: [],
  ownerStates: [],
  operators: [],
  owners: [],
  services: [],
  trackers: [],
  hosts: [],
  hostCount: 0,
  addresses: [],
  addressCount: 1,
  apps: [],
  disputed,
  contacts: 3,
  sent,
  received: null,
  first: '2026-01-01T00:00:00.000000Z',
  last: '2026-01-02T00:00:00.000000Z',
});

describe('the atlas', () => {
  it('has a place for every country, the small ones and those without a shape too', async () => {
    const { countries, places } = await worldShapes();
    expect(countries.filter(({ code }) => code === null)).toHaveLength(5);
    for (const code of ['SG', 'HK', 'MO', 'TW', 'MC', 'VA', 'GI', 'MT', 'BH', 'RE', 'XK']) {
      const [x, y] = places.get(code) ?? [Number.NaN, Number.NaN];
      expect(x, code).toBeGreaterThan(0);
      expect(x, code).toBeLessThan(surface.width);
      expect(y, code).toBeGreaterThan(0);
      expect(y, code).toBeLessThan(surface.height);
    }
    // Every two-letter code that has an English name has its place, but for Antarctica and for groups of countries.
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const named = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code) !== undefined);
    expect(named.length).toBeGreaterThan(200);
    const groups = ['AC', 'AQ', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'];
    const lacking = named.filter((code) => !places.has(code) && !groups.includes(code));
    // Codes of countries that are no more.
    expect(lacking.filter((code) => new Intl.Locale(`und-${code}`).region === code)).toEqual([]);
  });

  it('puts a country in its own place, not between its overseas parts', async () => {
    const { places } = await worldShapes();
    const [france, spain, germany] = ['FR', 'ES', 'DE'].map((code) => places.get(code)!);
    expect(france![0]).toBeGreaterThan(spain![0]);
    expect(france![0]).toBeLessThan(germany![0]);
    expect(france![1]).toBeLessThan(spain![1]);
  });
});

describe('the circles', () => {
  const at = (code: string): readonly [number, number] | null =>
    (({ SG: [300, 100], HK: [340, 60], US: [80, 60], CN: [330, 40] }) as const)[code as 'SG'] ?? null;
  const rows = [row('US', 4_000_000), row('CN', 1_000_000, 2), row('HK', 40), row('SG', null), row(null, 9e9)];
  const marks = marksOf({ rows, measure: 'sent', chosen: 'HK', at, full: 20 });

  it('have the area of the amount, and a size that can be hit however little it is', () => {
    const byCode = Object.fromEntries(marks.map((mark) => [mark.code, mark]));
    expect(byCode.US?.radius).toBe(20);
    expect(byCode.CN?.radius).toBe(10);
    expect(byCode.HK?.radius).toBe(LEAST_RADIUS);
    expect(byCode.SG?.radius).toBe(LEAST_RADIUS);
    expect(radiusOf(0, 0)).toBe(LEAST_RADIUS);
  });

  it('lie the small over the large, and what has no place on the map is not drawn', () => {
    expect(marks.map(({ code }) => code)).toEqual(['US', 'CN', 'HK', 'SG']);
  });

  it('say in words what they show, and what is not told', () => {
    const [us, cn, hk, sg] = marks;
    expect(us?.said).toContain('United States (US): 4.00 MB (4');
    expect(cn?.said).toContain('sources disagree about 2 addresses');
    expect([cn?.disputed, us?.disputed]).toEqual([true, false]);
    expect(hk?.chosen).toBe(true);
    expect(sg?.amount).toBeNull();
    expect(sg?.said).toContain('bytes not told by any source');
  });

  it('never write letters over each other or over another circle', () => {
    const crowd = marksOf({
      rows: [...'ABCDEFGHIJ'].map((letter, n) => row(`${letter}${letter}`, 100 * (n + 1))),
      measure: 'sent',
      chosen: null,
      at: (code) => [100 + (code.charCodeAt(0) % 4) * 13, 100 + (code.charCodeAt(0) % 3) * 13],
      full: 18,
    });
    const written = crowd.filter(({ label }) => label !== null);
    const spots = written.map((mark) => {
      const [dx, dy] = labelOffset(mark);
      return { x: mark.x + dx, y: mark.y + dy };
    });
    for (const [n, a] of spots.entries())
      for (const b of spots.slice(n + 1)) expect(Math.abs(a.x - b.x) >= 17 || Math.abs(a.y - b.y) >= 11).toBe(true);
  });

  it('have a legend of round amounts that rise', () => {
    expect(legendAmounts(214_000, 20)).toEqual([10_000, 20_000, 100_000]);
    expect(legendAmounts(71_700, 14)).toEqual([9000, 30_000]);
    expect(legendAmounts(1, 20)).toEqual([]);
    expect(legendAmounts(0, 20)).toEqual([]);
  });
});

describe('moving over the map', () => {
  it('keeps the point under the pointer, and the world around the picture', () => {
    const at = [700, 200] as const;
    const near = zoomed(wholeWorld, 4, at);
    const share = (x: number, middle: number, zoom: number) => (x - middle) * zoom;
    expect(share(at[0], near.x, near.zoom)).toBeCloseTo(share(at[0], wholeWorld.x, 1), 6);
    expect(zoomed(near, 1 / 100)).toEqual(wholeWorld);
    expect(moved(near, -5000, 0).x).toBe(surface.width / 8);
    expect(moved(wholeWorld, 50, 50)).toEqual(wholeWorld);
  });
});
