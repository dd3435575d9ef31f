import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../../shared/base/time.ts';
import { type LaidCase, layCase } from '../../testing/lay-case.ts';
import { optionalServiceActive } from './index.ts';

const END = Date.UTC(2026, 2, 10) * 1000;
const cloud = { id: 'maker-cloud', name: 'Maker Cloud', vendor: 'Maker', optional: 1 };
const before = (days: number) => ({ from: END - days * DAY, to: END - days * DAY + 2 * HOUR });

let laid: LaidCase;
beforeEach(async () => {
  laid = await layCase();
  await laid.coverage(END - 90 * DAY, END);
});
afterEach(() => laid.close());

it('says what the app sent in the last seven days of coverage, and what the label rests on', async () => {
  await laid.app({ uid: 10_100, name: 'Cloud', packages: ['com.maker.cloud'], service: cloud });
  await laid.run(
    `INSERT INTO label (subject, kind, value, detail, source, date, confidence, why) VALUES
     ('package:com.maker.cloud', 'service', 'Maker Cloud', '{"id":"maker-cloud"}', 'A list', '2026-01-01', 'high', 'Listed as cloud.'),
     ('package:com.other', 'service', 'Maker Cloud', '{"id":"maker-cloud"}', 'A list', '2026-01-01', 'high', 'Not this app.')`,
  );
  await laid.interval({ uid: 10_100, ...before(8), sent: 900_000 });
  const first = await laid.interval({ uid: 10_100, ...before(7), sent: 300 });
  const last = await laid.interval({ uid: 10_100, ...before(1), sent: 500, foreground: 1 });
  const [finding, ...others] = await optionalServiceActive.propose(laid);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    key: 'uid:10100',
    title: 'Maker Cloud (Maker, optional) sent data in the last seven days',
    text: 'Cloud (com.maker.cloud, uid 10100) is labelled as Maker Cloud of Maker, a service listed as optional. In the seven days before 2026-03-10 00:00 UTC, the end of what the case covers, it sent 800 bytes, 300 bytes of it not counted as foreground, in 2 intervals between 2026-03-03 00:00 UTC and 2026-03-09 02:00 UTC.',
    events: [last, first],
  });
  expect(finding?.limits).toContain('Listed as cloud. (A list, 2026-01-01, confidence high.)');
  expect(finding?.limits).not.toContain('Not this app');
  expect(finding?.limits).toContain('does not show that its service was switched on');
});

it('is silent for services that are not optional or of which that is not known, and for silent ones', async () => {
  await laid.app({ uid: 10_101, service: { ...cloud, optional: 0 } });
  await laid.app({ uid: 10_102, service: { ...cloud, optional: null } });
  await laid.app({ uid: 10_103 });
  await laid.app({ uid: 10_104, service: cloud });
  for (const uid of [10_101, 10_102, 10_103]) await laid.interval({ uid, ...before(1), sent: 5_000_000 });
  await laid.interval({ uid: 10_104, ...before(1), sent: 0 });
  await laid.interval({ uid: 10_104, ...before(2), sent: null });
  await laid.interval({ uid: 10_104, ...before(3), sent: 700, superseded: 1 });
  expect(await optionalServiceActive.propose(laid)).toEqual([]);
});

it('counts back from the last interval where nothing says what is covered, and is silent on an empty case', async () => {
  await laid.run('DELETE FROM coverage');
  expect(await optionalServiceActive.propose(laid)).toEqual([]);
  await laid.app({ uid: 10_100, service: cloud });
  await laid.interval({ uid: 10_100, ...before(30), sent: 400 });
  const [finding] = await optionalServiceActive.propose(laid);
  expect(finding?.text).toContain('seven days before 2026-02-08 02:00 UTC');
});
