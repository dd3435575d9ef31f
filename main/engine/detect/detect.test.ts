import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../../shared/base/time.ts';
import { propose } from './detect.ts';
import { layCase } from './testing/lay-case.ts';

it('asks every rule, gives the same twice, and no key twice within a rule', async () => {
  const laid = await layCase();
  const start = Date.UTC(2026, 1, 1) * 1000;
  await laid.property('persist.sys.timezone', 'UTC');
  await laid.coverage(start, start + 5 * DAY);
  const service = { id: 'maker-cloud', name: 'Maker Cloud', vendor: 'Maker', optional: 1 };
  for (const uid of [10_001, 10_002]) {
    await laid.app({ uid, service });
    for (let day = 0; day < 5; day += 1) {
      const from = start + day * DAY + 2 * HOUR;
      await laid.interval({ uid, from, to: from + 2 * HOUR, sent: 2_000_000 });
    }
  }
  const findings = await propose(laid);
  expect(findings.map((finding) => `${finding.rule} ${finding.key}`)).toEqual([
    'optional-service-active uid:10001',
    'optional-service-active uid:10002',
    'background-sender uid:10001',
    'background-sender uid:10002',
    'night-sender uid:10001',
    'night-sender uid:10002',
  ]);
  expect(await propose(laid)).toEqual(findings);
  await laid.close();
});

it('proposes nothing for an empty case', async () => {
  const laid = await layCase();
  expect(await propose(laid)).toEqual([]);
  await laid.close();
});
