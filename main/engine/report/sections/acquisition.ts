import type { BatchView } from '../../../../shared/types/summary.ts';
import { type Block, type Cell, cell, code, heading, line, para, small, user } from '../document.ts';
import { bareHostTime, count, signedMs } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

function offset(ms: number | null, error: number | null): Cell {
  if (ms === null) return cell(wording.none);
  return [line(signedMs(ms)), ...(error === null ? [] : [small(wording.offsetError(signedMs(error).slice(1)))])];
}

function change(batch: BatchView): Cell {
  const { offsetBeforeMs: before, offsetAfterMs: after } = batch;
  return cell(before === null || after === null ? wording.none : signedMs(after - before));
}

function row(batch: BatchView, data: ReportData): Cell[] {
  const files = data.evidence.filter((one) => one.batch === batch.id);
  const [first, last] = [files[0]?.id, files.at(-1)?.id];
  return [
    [
      line(`${wording.batchKind[batch.kind]} ${batch.id}`),
      ...(batch.serial === null ? [] : [small(code(batch.serial))]),
      ...(batch.continues == null ? [] : [small(wording.goesOnWith(batch.continues))]),
    ],
    [
      line(bareHostTime(batch.startedAt)),
      line(batch.finishedAt === null ? wording.cover.ongoing : bareHostTime(batch.finishedAt)),
    ],
    [
      line(wording.batchState[batch.state]),
      ...(batch.profile === null ? [] : [small(user(wording.profile(batch.profile)))]),
    ],
    [
      line(count(files.length, 'file', 'files')),
      ...(first === undefined || last === undefined
        ? []
        : [small(first === last ? first : wording.bounds(first, last))]),
    ],
    offset(batch.offsetBeforeMs, batch.offsetBeforeErrorMs),
    offset(batch.offsetAfterMs, batch.offsetAfterErrorMs),
    change(batch),
  ];
}

function table(data: ReportData): Block {
  const { columns } = wording;
  return {
    kind: 'table',
    columns: [
      { title: columns.batch, width: 26 },
      { title: columns.started, width: 38 },
      { title: columns.result, width: 'rest' },
      { title: columns.files, width: 21 },
      { title: columns.before, width: 23, align: 'right' },
      { title: columns.after, width: 23, align: 'right' },
      { title: columns.change, width: 16, align: 'right' },
    ],
    rows: data.batches.map((batch) => row(batch, data)),
  };
}

export const acquisition: SectionMaker = {
  id: 'acquisition',
  title: wording.sections.acquisition,
  required: true,
  make(data, zone) {
    return [
      data.batches.length === 0 ? para(wording.noBatch) : table(data),
      heading(wording.howToReadTimes),
      {
        kind: 'items',
        items: [
          [wording.timesOfPhone(zone.label)],
          [wording.timesInterval],
          [wording.timesOfHost],
          ...(data.batches.some((batch) => batch.kind === 'acquisition') ? [[wording.timesOffset]] : []),
        ],
      },
    ];
  },
};
