import { humanBytes } from '../../../../shared/base/bytes.ts';
import type { PlanCommand, PlanRow } from '../../model/acquisition.ts';

/** Androids by SDK number, as people name them. */
const androids: Readonly<Record<number, string>> = {
  22: '5',
  23: '6',
  24: '7',
  25: '7',
  26: '8',
  27: '8',
  28: '9',
  29: '10',
  30: '11',
  31: '12',
  32: '12L',
  33: '13',
  34: '14',
  35: '15',
  36: '16',
};

function versions({ sinceSdk, untilSdk }: PlanCommand): string {
  const name = (sdk: number) => androids[sdk] ?? `SDK ${sdk}`;
  if (sinceSdk !== undefined && sinceSdk === untilSdk) return ` (${name(sinceSdk)})`;
  if (sinceSdk !== undefined && untilSdk !== undefined) return ` (${name(sinceSdk)} to ${name(untilSdk)})`;
  if (sinceSdk !== undefined) return ` (${name(sinceSdk)} on)`;
  return untilSdk === undefined ? '' : ` (up to ${name(untilSdk)})`;
}

const dayMs = 86_400_000;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function line(row: PlanRow): string {
  const commands = row.commands.map((one) => `\`${one.line}\`${versions(one)}`).join('<br>');
  const who = row.perUser ? 'each user' : 'phone';
  const endless = row.timeoutMs > dayMs;
  const limits = endless ? 'until it is ended' : `${row.timeoutMs / 1000} s, ${humanBytes(row.mostBytes)}`;
  const asked = row.extra ?? row.choice ?? null;
  const profiles = asked === null ? row.profiles.join(', ') : `with \`${asked}\``;
  const again = row.repeatMs === undefined ? '' : `; live: every ${row.repeatMs / 1000} s`;
  const changes = row.changes ?? 'nothing';
  return `| ${[row.id, commands, who, row.volatile ? 'yes' : 'no', row.together ?? 'alone', limits, profiles + again, changes, row.proves].map(cell).join(' | ')} |`;
}

/** The plan as a page for people, in Markdown: one row a command, with all that the table says of it. */
export function planTable(plan: readonly PlanRow[]): string {
  return [
    '# The plan',
    '',
    'Written by `plan-table.ts` from the rows; a test holds the two together. Where a cell has several commands, they are tried in',
    'that order until the phone knows one. `{user}` stands for the number of a user of the phone, `{file}` and `{path}` for what the phone',
    'names. What stands `with root`, `with files` and `with apks` is in the plan only where the examiner asked for it; commands with root are',
    "sent as they stand where adb is root itself, else as `su -c '…'` or `su 0 …`.",
    '',
    'Neighbours with the same word under “side by side” are asked at the same time, in their order, two or three at once as the phone',
    'bears (`lanes.ts`); the others alone. A stage begins when all of the one before has ended.',
    '',
    '| id | commands (Androids) | asked of | volatile | side by side | limits | profiles | changes on the phone | proves |',
    '|---|---|---|---|---|---|---|---|---|',
    ...plan.map(line),
    '',
  ].join('\n');
}
