import { humanBytes } from '../../../../shared/base/bytes.ts';
import { contactsText, groupTitles } from '../../../../shared/text/answer-words.ts';
import type { SearchAnswer, SearchView } from '../../../../shared/types/search.ts';
import { answer, plainLine } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly limit: number;
}

function sums(one: SearchAnswer): string {
  const parts = [
    contactsText(one),
    one.sent === null ? null : `${humanBytes(one.sent)} sent`,
    one.received === null ? null : `${humanBytes(one.received)} received`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function readable(view: SearchView): string {
  if (view.groups.length === 0) return `Nothing in the case holds all words of “${view.text}”.`;
  return view.groups
    .map(({ group, total, more, answers }) => {
      const rest = total - answers.length;
      const lines = answers.map((one) => {
        const why = one.why === null ? one.about : `${one.why.what}: ${one.why.text}`;
        return plainLine(`  ${[one.name, why, sums(one)].filter(Boolean).join(' — ')}`);
      });
      const over = rest > 0 ? [`  and ${more ? 'at least ' : ''}${rest} more`] : [];
      return [groupTitles[group], ...lines, ...over].join('\n');
    })
    .join('\n\n');
}

/** `search`: apps, hosts, addresses, organisations, services, countries, networks, findings and notes that hold all words. */
export const search = verb<Options>(
  'search',
  'apps, hosts, addresses, notes and more that hold all words of a text',
  (command) =>
    command
      .argument(
        '<text...>',
        'words that must all be found; an address may be a part of one or a network, such as 52.74.0.0/16',
      )
      .requiredOption('--case <folder>', 'the case')
      .option('--limit <number>', 'how many of each kind', wholeOption(1, 100), 20),
  async ({ options, json, terminal }, [text]) => {
    const words = [text ?? []].flat().join(' ').slice(0, 200);
    const view = await withCase(await terminal.engine(), options.case, (open) => open.find(words, options.limit));
    await answer(terminal, json, view, () => readable(view));
    return exits.done;
  },
);
