import type { EvidenceView } from '../../../../shared/types/summary.ts';
import { type Block, type Cell, cell, code, heading, line, para, small, user } from '../document.ts';
import { bytes } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

/** A file's name and, where it is an answer of the phone, the command that it answers. */
export function nameOf(one: EvidenceView): Cell {
  return [
    line(user(one.name)),
    ...(one.command === null || one.command === one.name ? [] : [small(code(one.command))]),
  ];
}

/** Evidence that is not the whole answer to what was asked. */
export function incomplete(data: ReportData): readonly EvidenceView[] {
  return data.evidence.filter((one) => one.state !== 'complete');
}

export function missingCount(data: ReportData): number {
  return incomplete(data).length + data.batches.reduce((sum, batch) => sum + batch.missing.length, 0);
}

export const refused: SectionMaker = {
  id: 'refused',
  title: wording.sections.refused,
  required: true,
  make(data) {
    const { columns } = wording;
    const files = incomplete(data);
    const missing = data.batches.flatMap((batch) => batch.missing.map((item) => ({ batch, item })));
    const imported = data.batches.length > 0 && data.batches.every((batch) => batch.kind === 'import');
    const beside = imported ? [para(wording.refusedImport)] : [];
    if (files.length + missing.length === 0) return [para(wording.refusedNothing), ...beside];
    const blocks: Block[] = [para(wording.refusedIntro), ...beside];
    if (files.length > 0) {
      blocks.push({
        kind: 'table',
        columns: [
          { title: columns.id, width: 12 },
          { title: columns.what, width: 'rest' },
          { title: columns.state, width: 26 },
          { title: columns.bytes, width: 24, align: 'right' },
        ],
        rows: files.map((one) => [cell(one.id), nameOf(one), cell(one.state), cell(bytes(one.bytes))]),
      });
      const states = [...new Set(files.map((one) => one.state))];
      blocks.push(heading(wording.whatItMeans), {
        kind: 'facts',
        rows: states.map((state) => ({ label: state, value: cell(wording.stateMeans[state]) })),
      });
    }
    if (missing.length > 0) {
      blocks.push(heading(wording.missingItems), {
        kind: 'items',
        items: missing.map(({ batch, item }) => [`${wording.batchKind[batch.kind]} ${batch.id}: `, user(item)]),
      });
    }
    return blocks;
  },
};
