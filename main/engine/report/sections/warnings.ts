import type { WarningView } from '../../../../shared/types/summary.ts';
import { type Block, type Cell, cell, code, heading, leadIn, line, para, small, user } from '../document.ts';
import { count, grouped } from '../format.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

const SHOWN_REASONS = 25;

function place(warning: WarningView): Cell {
  const at =
    warning.line !== null
      ? `${warning.evidence},\u00a0line\u00a0${warning.line}`
      : warning.offset !== null
        ? `${warning.evidence},\u00a0byte\u00a0${grouped(warning.offset)}`
        : warning.evidence;
  return [line(at), ...(warning.section === null ? [] : [small(user(warning.section))])];
}

const SHOWN_FILES = 6;

function files(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN_FILES).join(', ');
  return ids.length > SHOWN_FILES ? wording.andMore(shown, grouped(ids.length - SHOWN_FILES)) : shown;
}

export const warnings: SectionMaker = {
  id: 'warnings',
  title: wording.sections.warnings,
  required: false,
  make(data) {
    const { columns } = wording;
    const { total, reasons, first } = data.warnings;
    if (total === 0) return [para(wording.warningsNone)];
    const blocks: Block[] = [
      leadIn(wording.warningsIntro(count(total, 'place', 'places'))),
      {
        kind: 'table',
        columns: [
          { title: columns.reason, width: 'rest' },
          { title: columns.rows, width: 18, align: 'right' },
          { title: columns.evidence, width: 44 },
        ],
        rows: reasons
          .slice(0, SHOWN_REASONS)
          .map((one) => [cell(user(one.reason)), cell(grouped(one.rows)), cell(files(one.evidence))]),
      },
      heading(
        first.length < total ? wording.warningsFirst(grouped(first.length), grouped(total)) : wording.warningsAll,
      ),
      {
        kind: 'table',
        columns: [
          { title: columns.place, width: 40 },
          { title: columns.reason, width: 'rest' },
          { title: columns.text, width: 64 },
        ],
        rows: first.map((one) => [
          place(one),
          cell(user(one.reason)),
          one.text === null ? cell(wording.none) : [small(code(one.text.trim()))],
        ]),
      },
    ];
    return blocks;
  },
};
