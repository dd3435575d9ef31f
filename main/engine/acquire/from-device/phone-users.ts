import { plainText } from '../../../../shared/text/plain-text.ts';
import { coverageSentence } from '../../../../shared/text/user-coverage.ts';
import type { UserCoverage } from '../../../../shared/types/outcome.ts';
import type { EvidenceState } from '../../model/evidence.ts';

/** A user of the phone as it listed them. `running` null: the list does not say. */
export interface PhoneUser {
  readonly id: number;
  readonly name: string | null;
  readonly running: boolean | null;
  /** Stands between two halves of a line, as if a part of another user's name. */
  readonly doubt?: true;
}

export interface PhoneUsers {
  /** Those that are asked about. */
  readonly users: readonly PhoneUser[];
  /** Listed, and not asked about: a number that Android cannot give, or too many. */
  readonly beyond: readonly PhoneUser[];
  /** The phone said a list that could be read. */
  readonly listed: boolean;
}

/** A kernel uid is a user's number times 100000 and fits into 31 bits. */
const highestUser = 21_474;
/** More than any phone can have; a list that claims more must not keep the acquisition busy for a day. */
const mostUsers = 32;

/** How the line of a user ends. */
const rowEnd = /:[0-9a-fA-F]{1,8}\}(?: running)?\s*$/;

/**
 * Reads `pm list users`: `UserInfo{10:Work:30} running`, with a name that may hold anything but a line end. User 0 where
 * nothing can be read. A name with a line end in it can make a user up; where its line shows that, those in it are in doubt.
 * One that is made up with care looks like any other. Source: UserInfo.toString of AOSP.
 */
export function usersIn(text: string): PhoneUsers {
  const found = new Map<number, PhoneUser>();
  let inName = false;
  for (const line of text.split('\n')) {
    const [, id, rest] = /^\s*UserInfo\{(\d{1,9}):(.*)$/.exec(line) ?? [];
    if (id === undefined) {
      if (rowEnd.test(line)) inName = false;
      continue;
    }
    const number = Number(id);
    const doubt = inName;
    if (!rowEnd.test(line)) inName = true;
    if (found.has(number)) continue;
    // A name with a line end in it leaves half a line: the user is asked about all the same.
    const whole = /^(.*):[0-9a-fA-F]{1,8}\}(.*)$/.exec(rest!);
    const name = whole && whole[1] !== '' && whole[1] !== 'null' ? plainText(whole[1]!, 60) : null;
    found.set(number, {
      id: number,
      name,
      running: whole ? /\brunning\b/.test(whole[2]!) : null,
      ...(doubt && { doubt }),
    });
  }
  const all = [...found.values()];
  if (all.length === 0) return { users: [{ id: 0, name: null, running: null }], beyond: [], listed: false };
  const possible = all.filter(({ id }) => id <= highestUser);
  const users = possible.slice(0, mostUsers);
  return { users, beyond: all.filter((one) => !users.includes(one)), listed: true };
}

/** One step that concerns one user, as it ended. */
export interface UserStep {
  readonly user: number | null;
  readonly title: string;
  readonly state: EvidenceState | 'skipped';
  readonly why: string | null;
}

const doubtWords =
  'Whether there is such a user is in doubt: the line stands within that of another one, as if a part of a name with a line end in it.';

/**
 * What of each user was had: `yes` where every step that concerns the user gave its whole answer and the user was running,
 * `partly`, or `no` where none did. `why` is one sentence, null for `yes`.
 */
export function coverageOf({ users, beyond }: PhoneUsers, steps: readonly UserStep[]): UserCoverage[] {
  const covered = users.map(({ id, name, running, doubt }): UserCoverage => {
    const own = steps.filter(({ user, state }) => user === id && state !== 'skipped');
    const lost = own.filter(({ state }) => state !== 'complete');
    const said: string[] = doubt ? [doubtWords] : [];
    if (running === false) {
      said.push(
        'The user was not running: what Android locks away until then, such as the use of apps, was not to be had.',
      );
    }
    const [first] = lost;
    const none = own.length === 0 || lost.length === own.length;
    if (first) {
      const what = none
        ? 'Nothing about this user was had.'
        : `Not whole: ${lost.map(({ title }) => title).join('; ')}.`;
      said.push(`${what} ${first.why ?? ''}`.trim());
    }
    const state = said.length === 0 && !none ? 'yes' : none ? 'no' : 'partly';
    const why = state === 'yes' ? null : said.join(' ') || 'Nothing was asked about this user.';
    return { id, name, running, covered: state, why };
  });
  return [
    ...covered,
    ...beyond.map(
      ({ id, name, running }): UserCoverage => ({
        id,
        name,
        running,
        covered: 'no',
        why:
          id > highestUser
            ? 'Android gives no user such a number; nothing was asked about it.'
            : `The phone lists more than ${mostUsers} users; nothing was asked about this one.`,
      }),
    ),
  ];
}

/** A sentence for each user who is not covered, for the list of what is missing. */
export function uncovered(users: readonly UserCoverage[]): string[] {
  return users.filter(({ covered }) => covered !== 'yes').map(coverageSentence);
}
