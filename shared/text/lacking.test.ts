import { expect, it } from 'vitest';
import { lackingByReason, lackingIn } from './lacking.ts';

const lost = 'The connection to the phone was lost before its turn.';

it('says one reason once, and keeps every command in its order', () => {
  expect(
    lackingByReason([
      { command: 'dumpsys wifi', state: 'interrupted', why: lost },
      { command: 'su -c id', state: 'unavailable', why: 'There is no “su”.' },
      { command: 'dumpsys alarm', state: 'interrupted', why: lost },
      { command: 'dumpsys appops', state: 'refused', why: lost },
    ]),
  ).toEqual([
    { state: 'interrupted', why: lost, commands: ['dumpsys wifi', 'dumpsys alarm'] },
    { state: 'unavailable', why: 'There is no “su”.', commands: ['su -c id'] },
    { state: 'refused', why: lost, commands: ['dumpsys appops'] },
  ]);
});

it('reads the lines of the log, and leaves what is of another form as it is', () => {
  const user = 'User 10 “Work: a”: covered in part. Not whole: Apps. The phone refused: “no”.';
  expect(
    lackingIn([
      user,
      `dumpsys wifi: interrupted. ${lost}`,
      `date +%s.%N; cat /proc/uptime: interrupted. ${lost}`,
      'pm list: timed out. It took longer than 30 s.',
      'The disk is full.',
    ]),
  ).toEqual({
    said: [user, 'The disk is full.'],
    lacking: [
      { state: 'interrupted', why: lost, commands: ['dumpsys wifi', 'date +%s.%N; cat /proc/uptime'] },
      { state: 'timed out', why: 'It took longer than 30 s.', commands: ['pm list'] },
    ],
  });
});
