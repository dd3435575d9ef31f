import { type Block, cell, heading, para, type Run, user } from '../document.ts';
import { bytes, count, grouped, percent } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import { answers } from './answers.ts';
import { missingCount } from './refused.ts';
import type { SectionMaker } from './section.ts';

const TOP = 8;

function figures(data: ReportData, zone: Zone, fromUs: number, toUs: number): Block[] {
  const { totals } = data;
  const strays = data.timeline?.strays ?? { intervals: 0, sent: 0, received: 0 };
  const main = totals.intervals - strays.intervals;
  const senders = data.apps.filter((app) => app.sent > 0);
  const share = percent(totals.sentBackground, totals.sent) ?? wording.none;
  const tiles: Block = {
    kind: 'tiles',
    tiles: [
      { label: wording.tiles.sent, value: bytes(totals.sent), note: wording.tileBytes(grouped(totals.sent)) },
      {
        label: wording.tiles.received,
        value: bytes(totals.received),
        note: wording.tileBytes(grouped(totals.received)),
      },
      { label: wording.tiles.background, value: bytes(totals.sentBackground), note: wording.tileShare(share) },
      { label: wording.tiles.apps, value: grouped(senders.length), note: wording.tileApps(grouped(data.apps.length)) },
      {
        label: wording.tiles.span,
        value: count(Math.max(1, Math.round((toUs - fromUs) / 86_400_000_000)), 'day', 'days'),
        note: wording.tileSpan(zone.day(fromUs), zone.day(toUs)),
      },
    ],
  };
  const sentences: Run[][] = [
    [wording.counted(zone.time(fromUs), zone.time(toUs), zone.label, count(main, 'interval', 'intervals'))],
  ];
  if (strays.intervals > 0) {
    const intervals = count(strays.intervals, 'interval', 'intervals');
    sentences.push([wording.strays(intervals, bytes(strays.sent), bytes(strays.received))]);
  }
  sentences.push([
    wording.countedSent(bytes(totals.sent), bytes(totals.received), count(senders.length, 'app', 'apps')),
  ]);
  if (totals.sent > 0) sentences.push([wording.countedBackground(bytes(totals.sentBackground), share)]);
  if (totals.sentMobile > 0) {
    sentences.push([
      wording.countedMobile(bytes(totals.sentMobile), percent(totals.sentMobile, totals.sent) ?? wording.none),
      totals.sentRoaming > 0 ? wording.countedRoaming(bytes(totals.sentRoaming)) : wording.countedNoRoaming,
    ]);
  }
  const optional = senders.filter((app) => app.service?.optional === true);
  if (optional.length > 0) {
    const sent = optional.reduce((sum, app) => sum + app.sent, 0);
    sentences.push([wording.countedOptional(count(optional.length, 'app', 'apps'), bytes(sent))]);
  }
  if (totals.withoutFigure > 0) {
    sentences.push([wording.withoutFigure(count(totals.withoutFigure, 'interval', 'intervals'))]);
  }
  return [tiles, { kind: 'items', items: [...sentences, ...standing(data), [wording.noDestination]] }];
}

/** What stands beside the figures: findings, and what is missing. */
function standing(data: ReportData): Run[][] {
  const sentences: Run[][] = [];
  if (data.findings.length > 0) {
    const of = (state: string) => grouped(data.findings.filter((one) => one.state === state).length);
    sentences.push([
      wording.findingsSummary(
        count(data.findings.length, 'finding', 'findings'),
        of('accepted'),
        of('rejected'),
        of('open'),
      ),
    ]);
  }
  const missing = missingCount(data);
  if (missing > 0) sentences.push([wording.missingSummary(count(missing, 'item', 'items'), wording.sections.refused)]);
  return sentences;
}

function topSenders(data: ReportData): Block[] {
  const { columns } = wording;
  const top = data.apps.filter((app) => app.sent > 0).slice(0, TOP);
  if (top.length === 0) return [];
  const sum = top.reduce((total, app) => total + app.sent, 0);
  return [
    heading(wording.topSenders),
    {
      kind: 'table',
      columns: [
        { title: columns.name, width: 'rest' },
        { title: columns.sent, width: 22, align: 'right' },
        { title: columns.ofSent, width: 18, align: 'right' },
        { title: columns.shareBackground, width: 26, align: 'right' },
        { title: columns.received, width: 22, align: 'right' },
      ],
      rows: top.map((app) => [
        cell(user(app.name)),
        cell(bytes(app.sent)),
        cell(percent(app.sent, data.totals.sent) ?? wording.none),
        cell(percent(app.sentBackground, app.sent) ?? wording.none),
        cell(bytes(app.received)),
      ]),
    },
    {
      kind: 'para',
      look: 'small',
      runs: [wording.countedTop(count(top.length, 'app', 'apps'), percent(sum, data.totals.sent) ?? wording.none)],
    },
  ];
}

export const question: SectionMaker = {
  id: 'question',
  title: wording.sections.question,
  required: true,
  make(data, zone) {
    const blocks: Block[] = [{ kind: 'para', look: 'lead', runs: [wording.question] }];
    const notes = data.info.notes?.trim();
    if (notes) blocks.push(heading(wording.notes), ...notes.split(/\n\s*\n/).map((text) => para(user(text))));
    blocks.push(heading(wording.answer));
    const span = data.timeline;
    if (span === null) {
      return [
        ...blocks,
        para(wording.nothingCounted),
        { kind: 'items', items: [...standing(data), [wording.noDestination]] },
        ...answers(data),
      ];
    }
    return [...blocks, ...figures(data, zone, span.fromUs, span.countedToUs), ...topSenders(data), ...answers(data)];
  },
};
