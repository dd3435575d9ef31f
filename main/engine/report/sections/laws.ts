import type { LawView } from '../../../../shared/types/explanation.ts';
import { destinationWording as words } from '../destination-wording.ts';
import { type Block, heading, line, para, small } from '../document.ts';
import { wording } from '../wording.ts';

/** Acts that reach places and operators: information and no advice. */
export function lawBlocks(laws: readonly LawView[]): Block[] {
  const { columns } = words;
  const head = heading(wording.lawsTitle);
  if (laws.length === 0) return [head, para(words.lawsNone)];
  return [
    head,
    para(words.lawsIntro),
    {
      kind: 'table',
      columns: [
        { title: columns.country, width: 26 },
        { title: columns.because, width: 30 },
        { title: columns.law, width: 50 },
        { title: columns.says, width: 'rest' },
      ],
      rows: laws.map((one) => [
        [line(one.countryName)],
        [line(words.because[one.because])],
        [line(one.act), small(`${one.citation}${one.date === null ? '' : `, ${one.date}`}`)],
        [small(one.obligation), small(one.reach), small(one.checked)],
      ]),
    },
  ];
}
