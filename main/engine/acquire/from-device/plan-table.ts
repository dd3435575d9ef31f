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

const cell = (text: string): string => text.replaceAll('|', '\\|');

function line(row: PlanRow): string {
  const commands = row.commands.map((one) => `\`${one.line}\`${versions(one)}`).join('<br>');
  const who = row.perUser ? 'each user' : 'phone';
  const limits = `${row.timeoutMs / 1000} s, ${humanBytes(row.mostBytes)}`;
  const profiles = row.extra === null ? row.profiles.join(', ') : `with \`${row.extra}\``;
  const again = row.repeatMs === undefined ? '' : `; live: every ${row.repeatMs / 1000} s`;
  const changes = row.changes ?? 'nothing';
  return `| ${[row.id, commands, who, row.volatile ? 'yes' : 'no', limits, profiles + again, changes, row.proves].map(cell).join(' | ')} |`;
}

/** The plan as a page for people, in Markdown: one row a command, with all that the table says of it. */
export function planTable(plan: readonly PlanRow[]): string {
  return [
    '# The plan',
    '',
    'Written by `plan-table.ts` from the rows; a test holds the two together. Where a cell has several commands, they are tried in',
    'that order until the phone knows one. `{user}` stands for the number of a user of the phone.',
    '',
    '| id | commands (Androids) | asked of | volatile | limits | profiles | changes on the phone | proves |',
    '|---|---|---|---|---|---|---|---|',
    ...plan.map(line),
    '',
  ].join('\n');
}
