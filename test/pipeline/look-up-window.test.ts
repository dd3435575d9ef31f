import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LaneLookUps, lookUpLanes } from '../../main/engine/query/look-up-lanes.ts';
import { holdLookUps } from '../../main/engine/query/rollup/held-look-ups.ts';
import { windowLookUps } from '../../main/engine/query/rollup/look-up-window.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { laneKeys } from '../../shared/types/timeline.ts';
import { temporaryFolder } from '../support/engine.ts';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const NAMES = ['a.example', 'A.example', 'b.example', 'ÄÖ.example', 'äö.Example', ''];

const lookUp = fc.record({
  at: fc.oneof(fc.nat(100), fc.nat(3600)),
  part: fc.constantFrom(0, 0, 1, 999_999),
  uid: fc.constantFrom(10_001, 10_002, null),
  name: fc.constantFrom(...NAMES),
});
const question = fc.record({
  by: fc.constantFrom(...laneKeys),
  from: fc.integer({ min: -10, max: 3600 }),
  length: fc.oneof(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 20 })),
  steps: fc.constantFrom(1, 7, 300),
  filter: fc.constantFrom({}, {}, {}, { uid: 10_001 }, { text: 'b.ex' }, { country: 'DE' }, {
    kind: 'lookup',
  } as const),
});

const settled = (lanes: readonly LaneLookUps[]) => lanes.toSorted((a, b) => (String(a.lane) < String(b.lane) ? -1 : 1));

describe('look-ups that are held in memory', () => {
  it('answer as the rows do', async () => {
    await using folder = await temporaryFolder();
    let file = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(lookUp, { size: '+1', maxLength: 400 }),
        fc.array(question, { minLength: 8, maxLength: 8 }),
        async (lookUps, questions) => {
          file += 1;
          const database = await CaseDatabase.open(join(folder.path, `${file}.sqlite`), 'create');
          const columns = 'id section from_us uid client_ip server_ip name type is_response code'.split(' ');
          await database.load(
            'lookup',
            columns,
            lookUps.map(({ at, part, uid, name }, n) => {
              const from = START + at * SECOND + part;
              return [2 * n + 1, 1, from, uid, '10.0.0.2', '10.0.0.1', name, 'A', 0, 0];
            }),
          );
          const held = await holdLookUps(database);
          const rollups = { lookUps: async () => held };
          for (const { by, from, length, steps, filter } of questions) {
            const [fromUs, toUs] = [START + from * SECOND, START + (from + length) * SECOND];
            const stepUs = Math.max(1, Math.floor((toUs - fromUs) / steps));
            const asked = { by, fromUs, toUs, filter };
            const rows = settled(await lookUpLanes(database, asked, stepUs));
            expect(settled(await windowLookUps(database, rollups, asked, stepUs))).toEqual(rows);
            const lanes = ['10002', 'a.example', ''];
            const wanted = rows.filter(({ lane }) => lanes.includes(String(lane ?? '')));
            if (Object.keys(filter).length === 0)
              expect(settled(await windowLookUps(database, rollups, { ...asked, lanes }, stepUs))).toEqual(wanted);
          }
          if (lookUps.length > 0) expect(await holdLookUps(database, lookUps.length - 1)).toBe(null);
          await database.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});
