import { humanBytes } from '../../../../shared/base/bytes.ts';
import { Failure } from '../../../../shared/base/failure.ts';
import type { Explanation } from '../../../../shared/types/explanation.ts';
import { answer, wrapped } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly app?: string;
  readonly host?: string;
  readonly event?: string;
  readonly address?: string;
  readonly service?: string;
}

const kinds = ['app', 'host', 'event', 'address', 'service'] as const;
const optional = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no');

function subjectOf(options: Options) {
  const given = kinds.filter((kind) => options[kind] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    throw new Failure('wrong-use', 'Name one of --app, --host, --event, --address and --service.');
  }
  return { kind, key: options[kind]! };
}

function lines(of: readonly string[], mark: string): string {
  return of.map((one) => wrapped(`    ${mark} ${one}`, '      ')).join('');
}

const cited = (reason: { text: string; evidence: string | null; source: string | null }) => {
  const from = [reason.evidence, reason.source].filter((one) => one !== null).join('; ');
  return from === '' ? reason.text : `${reason.text} [${from}]`;
};

/** An explanation as text, in the order of how much speaks for each candidate. */
function readable(it: Explanation): string {
  const parts = [`${it.subject.name}\n`];
  for (const one of it.candidates) {
    const { service } = one;
    parts.push(
      `\n  ${service.vendor} ${service.name} — confidence ${one.confidence}; switched on: ${one.on}; optional: ${optional(service.optional)}\n`,
      wrapped(`    ${service.purpose}`, '    '),
      lines(one.for.map(cited), '+'),
      lines(one.against.map(cited), '−'),
      one.decides.length > 0 ? `    What would decide it:\n${lines(one.decides, '·')}` : '',
      `    What it does not prove:\n${lines(one.doesNotProve, '·')}`,
    );
  }
  if (it.addresses.length > 0) {
    parts.push('\n  Addresses\n');
    for (const one of it.addresses.slice(0, 10)) {
      const place = one.place
        ? `${one.place.country}${one.place.region ? ` ${one.place.region}` : ''} (${one.place.source}, ${one.place.date}${one.place.disputed ? ', disputed' : ''})`
        : 'place not known';
      parts.push(wrapped(`    ${one.ip}  ${place}  ${one.organisation?.name ?? one.network?.name ?? ''}`, '      '));
    }
    if (it.addresses.length > 10) parts.push(`    and ${it.addresses.length - 10} more\n`);
  }
  if (it.atStake.length > 0) {
    parts.push('\n  Data at stake\n');
    for (const row of it.atStake) {
      const granted = row.granted === null ? 'not known whether granted' : row.granted ? 'granted' : 'not granted';
      const followed = row.followedBy
        ? `; ${row.followedBy.event} (${humanBytes(row.followedBy.sent)} sent) ${row.followedBy.seconds === 0 ? 'was under way then' : `began ${row.followedBy.seconds} s later`}`
        : '';
      const used = row.lastUsed === null ? '' : `; last used ${row.lastUsed}${followed}`;
      parts.push(wrapped(`    ${row.category}: ${row.opens} ${granted}${used} [${row.permission}]`, '      '));
    }
  }
  if (it.laws.length > 0) {
    parts.push('\n  Acts that may reach it (information, not advice)\n');
    for (const law of it.laws) {
      parts.push(wrapped(`    ${law.countryName} (${law.because}): ${law.act}, ${law.citation}`, '      '));
    }
  }
  parts.push('\n  Limits\n', lines(it.limits, '·'));
  return parts.join('');
}

/** `explain`: what may explain an app, a host, an event, an address or a service, with reasons, and what data are at stake. */
export const explain = verb<Options>(
  'explain',
  'what may explain an app, host or event, with the reasons for and against, and the data at stake',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--app <app>', 'an app: its package, uid or name')
      .option('--host <host>', 'a host')
      .option('--event <id>', 'an event, as listed by events')
      .option('--address <ip>', 'an address')
      .option('--service <id>', 'a service of the catalogue'),
  async ({ options, json, terminal }) => {
    const subject = subjectOf(options);
    const it = await withCase(await terminal.engine(), options.case, (open) => open.explain(subject));
    await answer(terminal, json, it, () => readable(it));
    return exits.done;
  },
);
