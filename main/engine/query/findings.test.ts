import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { type FindingMarks, noMarks, type RuleDecision } from '../model/finding-mark.ts';
import { findingList } from './findings.ts';

let laid: MemoryCase;

const row = (id: number, key: string, title: string) => ({
  id,
  rule: 'night-sender',
  key,
  title,
  text: `Text of ${title}.`,
  limits: 'Limits.',
  state: 'open',
  uid: null,
  events: '["v1"]',
});
const decision = (title: string, state: RuleDecision['state']): RuleDecision => ({
  rule: 'night-sender',
  key: 'uid:1',
  title,
  text: `Text of ${title}.`,
  limits: 'Limits.',
  app: null,
  state,
  at: '2026-03-01T08:00:00.000000Z',
  who: 'examiner',
  reason: 'Seen on the phone.',
  lines: [9],
});
const marks = (said: RuleDecision, order: readonly string[] = []): FindingMarks => ({
  ...noMarks,
  decisions: new Map([['night-sender uid:1', said]]),
  order,
});

beforeEach(async () => {
  laid = await memoryCase();
  await laid.insert('finding', [row(1, 'uid:1', 'One'), row(2, 'uid:2', 'Two')]);
});
afterEach(() => laid.close());

describe('what was decided of a proposal', () => {
  it('stands with it, by rule and key, whatever number it has', async () => {
    const [one, two] = await findingList(laid, marks(decision('One', 'accepted')));
    expect(one).toMatchObject({ id: 'f1', state: 'accepted', note: null, lines: [9] });
    expect(one!.decision).toMatchObject({ who: 'examiner', reason: 'Seen on the phone.', outdated: false });
    expect(two).toMatchObject({ id: 'f2', state: 'open', decision: null });
    await laid.run('UPDATE finding SET id = id + 50');
    expect((await findingList(laid, marks(decision('One', 'accepted'))))[0]).toMatchObject({
      id: 'f51',
      state: 'accepted',
    });
  });

  it('is not carried over to other words: it is open again, and says for what it was decided', async () => {
    const [one] = await findingList(laid, marks(decision('One of before', 'accepted')));
    expect(one).toMatchObject({ title: 'One', state: 'open', decision: { state: 'accepted', outdated: true } });
    expect(one!.note).toContain('“One of before. Text of One of before.”');
  });

  it('stays where the rule proposes nothing of the kind any more', async () => {
    await laid.run(`DELETE FROM finding WHERE key = 'uid:1'`);
    const all = await findingList(laid, marks(decision('One', 'rejected')));
    expect(all.map(({ key, state }) => [key, state])).toEqual([
      ['night-sender uid:2', 'open'],
      ['night-sender uid:1', 'rejected'],
    ]);
    expect(all[1]!.note).toContain('does not propose this');
  });

  it('and the examiner’s order puts one before the other', async () => {
    const said = marks(decision('One', 'accepted'), ['night-sender uid:2', 'm7']);
    expect((await findingList(laid, said)).map(({ id }) => id)).toEqual(['f2', 'f1']);
  });
});

it('a row without a rule is no finding: the examiner’s own are told by the custody log alone', async () => {
  await laid.run(`INSERT INTO finding VALUES (9, NULL, 'x', 'Planted', '', '', 'accepted', NULL, '[]')`);
  expect((await findingList(laid)).map(({ title }) => title)).toEqual(['One', 'Two']);
});
