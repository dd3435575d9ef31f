import type { BatchView } from '../../../../shared/types/summary.ts';
import { type Block, type Cell, cell, code, heading, line, para, small, user } from '../document.ts';
import { count, hostTime, signedMs } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

const facts = wording.acquisitionFacts;

function offset(ms: number | null, error: number | null): string {
  if (ms === null) return wording.offsetNone;
  return error === null ? signedMs(ms) : wording.offset(signedMs(ms), signedMs(error).slice(1));
}

function batchBlocks(batch: BatchView, data: ReportData): Block[] {
  const files = data.evidence.filter((one) => one.batch === batch.id);
  const bounds = files.length > 1 ? `${files[0]!.id} to ${files.at(-1)!.id}` : (files[0]?.id ?? '');
  const rows: { label: string; value: Cell }[] = [
    { label: facts.started, value: cell(hostTime(batch.startedAt)) },
    {
      label: facts.finished,
      value: cell(batch.finishedAt === null ? wording.cover.ongoing : hostTime(batch.finishedAt)),
    },
    { label: facts.state, value: cell(wording.batchState[batch.state]) },
  ];
  if (batch.serial !== null) rows.push({ label: facts.serial, value: cell(code(batch.serial)) });
  if (batch.profile !== null) rows.push({ label: facts.profile, value: cell(user(batch.profile)) });
  rows.push({
    label: facts.evidence,
    value: [line(count(files.length, 'file', 'files')), ...(bounds ? [small(bounds)] : [])],
  });
  if (batch.kind === 'acquisition') {
    rows.push(
      { label: facts.before, value: cell(offset(batch.offsetBeforeMs, batch.offsetBeforeErrorMs)) },
      { label: facts.after, value: cell(offset(batch.offsetAfterMs, batch.offsetAfterErrorMs)) },
    );
    if (batch.offsetBeforeMs !== null && batch.offsetAfterMs !== null) {
      rows.push({ label: facts.drift, value: cell(signedMs(batch.offsetAfterMs - batch.offsetBeforeMs)) });
    }
  }
  return [heading(`${wording.batchKind[batch.kind]} ${batch.id}`), { kind: 'facts', rows }];
}

export const acquisition: SectionMaker = {
  id: 'acquisition',
  title: wording.sections.acquisition,
  required: true,
  make(data, zone) {
    const batches = data.batches.flatMap((batch) => batchBlocks(batch, data));
    return [
      ...(batches.length === 0 ? [para(wording.noBatch)] : batches),
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
