import { expect, it } from 'vitest';
import { missingLines, resumeHint } from './missing-lines.ts';

const lost = 'The connection to the phone was lost before its turn.';

it('says one reason once, and keeps every command', () => {
  expect(
    missingLines([
      { id: '', command: 'dumpsys wifi', state: 'interrupted', why: lost },
      { id: '', command: 'su -c id', state: 'unavailable', why: 'There is no “su”.' },
      { id: '', command: 'dumpsys alarm', state: 'interrupted', why: lost },
      { id: '', command: 'dumpsys appops', state: 'refused', why: lost },
    ]),
  ).toEqual([
    `2 commands interrupted. ${lost}`,
    '  dumpsys wifi',
    '  dumpsys alarm',
    'su -c id: unavailable. There is no “su”.',
    `dumpsys appops: refused. ${lost}`,
  ]);
  expect(missingLines([])).toEqual([]);
});

it('says how to go on only where something was broken off', () => {
  expect(resumeHint({ state: 'interrupted' })).toContain('--resume');
  expect(resumeHint({ state: 'cancelled' })).toContain('--resume');
  expect([resumeHint({ state: 'partial' }), resumeHint({ state: 'complete' })]).toEqual([null, null]);
});
