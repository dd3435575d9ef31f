import { describe, expect, it } from 'vitest';
import { coverageOf, type UserStep, uncovered, usersIn } from './phone-users.ts';

const list = (...lines: string[]) => `Users:\n${lines.map((line) => `\tUserInfo{${line}\n`).join('')}`;
const whole = (user: number, title = 'Apps'): UserStep => ({ user, title, state: 'complete', why: null });

describe('the users of a phone', () => {
  it('are read with names that hold anything', () => {
    const { users, beyond, listed } = usersIn(
      list('0:Owner:c13} running', '10:Work: {a} 1:30:1030} running', '999::800010}'),
    );
    expect(users).toEqual([
      { id: 0, name: 'Owner', running: true },
      { id: 10, name: 'Work: {a} 1:30', running: true },
      { id: 999, name: null, running: false },
    ]);
    expect([beyond, listed]).toEqual([[], true]);
  });

  it('are not lost where a name breaks its line', () => {
    const { users } = usersIn('Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:one\ntwo:1030} running\n');
    expect(users[1]).toEqual({ id: 10, name: null, running: null });
  });

  it('are in doubt where they stand within the name of another', () => {
    const broken = usersIn(
      'Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:one\n\tUserInfo{77:made up:13} running\n[x]: [1]:1030} running\n\tUserInfo{11:Work:1030} running\n',
    );
    expect(broken.users.map(({ id, doubt }) => [id, doubt ?? false])).toEqual([
      [0, false],
      [10, false],
      [77, true],
      [11, false],
    ]);
    const told = coverageOf(broken, [whole(77), whole(11)]);
    expect(told[2]).toMatchObject({ id: 77, covered: 'partly', why: expect.stringContaining('in doubt') });
    expect(told[3]).toMatchObject({ id: 11, covered: 'yes' });
    expect(uncovered(told)).toContainEqual(
      expect.stringMatching(/^User 77 “made up”: covered in part. Whether there is/),
    );
  });

  it('are user 0 alone where the phone says no list', () => {
    for (const text of ['', 'Error: java.lang.SecurityException\n', 'Users:\n'])
      expect(usersIn(text)).toEqual({ users: [{ id: 0, name: null, running: null }], beyond: [], listed: false });
  });

  it('cannot be made up to keep an acquisition busy', () => {
    const many = list(...Array.from({ length: 500 }, (_, n) => `${n}:u${n}:13} running`), '99999999:far:13} running');
    const { users, beyond } = usersIn(many);
    expect(users).toHaveLength(32);
    expect(beyond).toHaveLength(469);
    const told = coverageOf(
      usersIn(many),
      users.map(({ id }) => whole(id)),
    );
    expect(told.filter(({ covered }) => covered === 'no')).toHaveLength(469);
    expect(told.at(-1)!.why).toContain('gives no user such a number');
  });

  it('have names that move no terminal and fill no page', () => {
    const { users } = usersIn(list(`0:\u001b[2Jred${'x'.repeat(1_000_000)}:13} running`));
    expect(users[0]!.name).toMatch(/^\[U\+001B\]\[2Jredx+…$/);
    expect(users[0]!.name!.length).toBeLessThan(80);
  });
});

describe('what was had of each user', () => {
  const both = usersIn(list('0:Owner:c13} running', '10:Work:1030} running'));

  it('all of them', () => {
    const told = coverageOf(both, [whole(0), whole(10), { user: null, title: 'Log', state: 'refused', why: 'No.' }]);
    expect(told.map(({ id, covered, why }) => [id, covered, why])).toEqual([
      [0, 'yes', null],
      [10, 'yes', null],
    ]);
    expect(uncovered(told)).toEqual([]);
  });

  it('a part, with the reason', () => {
    const refused: UserStep = { user: 10, title: 'App names', state: 'refused', why: 'The phone refused: “no”.' };
    const told = coverageOf(both, [whole(0), whole(10), refused]);
    expect(uncovered(told)).toEqual([
      'User 10 “Work”: covered in part. Not whole: App names. The phone refused: “no”.',
    ]);
  });

  it('nothing: beyond the reach of the shell, or never asked', () => {
    const refused: UserStep = { user: 10, title: 'Apps', state: 'refused', why: 'The phone refused: “no access”.' };
    expect(uncovered(coverageOf(both, [whole(0), refused]))).toEqual([
      'User 10 “Work”: not covered. Nothing about this user was had. The phone refused: “no access”.',
    ]);
    expect(uncovered(coverageOf(both, [whole(0)]))).toEqual([
      'User 10 “Work”: not covered. Nothing was asked about this user.',
    ]);
  });

  it('one who is not running is never covered whole', () => {
    const asleep = usersIn(list('0:Owner:c13} running', '150:Secure Folder:1030}'));
    const told = coverageOf(asleep, [whole(0), whole(150)]);
    expect(told[1]).toMatchObject({ id: 150, running: false, covered: 'partly' });
    expect(told[1]!.why).toContain('was not running');
  });

  it('a step that this Android does not have takes nothing away', () => {
    const skipped: UserStep = { user: 10, title: 'Use of apps', state: 'skipped', why: 'Too old.' };
    expect(uncovered(coverageOf(both, [whole(0), whole(10), skipped]))).toEqual([]);
  });
});
