import type { EventFilter } from '../../../../shared/types/event.ts';
import { type Block, cell, code, leadIn, note, para, type Run, strong, user } from '../document.ts';
import { pictureForPage } from '../drawing/finding-picture.ts';
import { findingWording as wording } from '../finding-wording.ts';
import { bytes, count, grouped, hostTime } from '../format.ts';
import type { CitedEvent, ReportData, ReportFinding } from '../report-data.ts';
import { wording as all } from '../wording.ts';
import type { Zone } from '../zone.ts';

/** Lanes of a finding that the report names. */
const MOST_LANES = 8;

/** Who made, changed and decided it, and where the log says so. */
export function marksOf({ made, changed, decision, lines }: ReportFinding): Run[] {
  const said: Run[] = [];
  if (made) said.push(' · ', user(wording.made(hostTime(made.at), made.who)));
  if (changed) said.push(' · ', user(wording.changed(hostTime(changed.at), changed.who)));
  if (decision && !decision.outdated)
    said.push(' · ', user(wording.decided(wording.states[decision.state], hostTime(decision.at), decision.who)));
  if (lines.length > 0) said.push(' · ', wording.logged(lines.map(grouped).join(', '), lines.length > 1));
  return said;
}

/** Why it was decided so, and how it stands to the case of today. */
export function reasonOf({ decision, note: said }: ReportFinding): Block[] {
  return [
    ...(decision?.reason && !decision.outdated ? [para(strong(wording.reason), ' ', user(decision.reason))] : []),
    ...(said === null ? [] : [para(strong(wording.note), ' ', user(said))]),
  ];
}

function filtersOf(filter: EventFilter): string {
  return Object.entries(filter)
    .filter(([key, value]) => Object.hasOwn(wording.filterNames, key) && value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? wording.filterNames[key] : `${wording.filterNames[key]} ${value}`))
    .join('; ');
}

/** To the next second, as the window writes it. */
const second = (us: number, zone: Zone) => zone.time(Math.round(us / 1_000_000) * 1_000_000, true);

/** What the stretch added up to, and by which lanes. */
function totals({ totals: sums, window }: ReportFinding, zone: Zone): Block[] {
  if (!sums || !window) return [];
  const filters = filtersOf(window.filter);
  const said: Run[] = [
    strong(wording.stretch(second(sums.fromUs, zone), second(sums.toUs, zone), window.selection !== null)),
    ' ',
    wording.sums(
      bytes(sums.sent),
      bytes(sums.sentBackground),
      bytes(sums.received),
      bytes(sums.receivedBackground),
      count(sums.events, 'counted interval', 'counted intervals'),
    ),
    ...(sums.others > 0 ? [' ', wording.others(count(sums.others, ...wording.other))] : []),
    ...(filters === '' ? [] : [' ', user(wording.filters(filters))]),
  ];
  const shown = sums.lanes.filter((lane) => lane.sent + lane.received > 0);
  const more = shown.length - MOST_LANES + sums.lanesMore;
  if (shown.length === 0) return [para(...said)];
  return [
    leadIn(...said),
    {
      kind: 'table',
      columns: [
        { title: wording.lane(window.by), width: 'rest' },
        { title: all.columns.sent, width: 24, align: 'right' },
        { title: all.columns.background, width: 24, align: 'right' },
        { title: all.columns.received, width: 24, align: 'right' },
      ],
      rows: [
        ...shown
          .slice(0, MOST_LANES)
          .map((lane) => [
            cell(user(lane.name)),
            cell(bytes(lane.sent)),
            cell(bytes(lane.sentBackground)),
            cell(bytes(lane.received)),
          ]),
        ...(more > 0 ? [[cell(wording.lanesMore(grouped(more))), cell(), cell(), cell()]] : []),
      ],
    },
  ];
}

/** The picture of the view as it stood, or why it is not printed. */
function picture({ picture: kept, title, window }: ReportFinding, data: ReportData, zone: Zone): Block[] {
  if (!kept) return [];
  const found = data.pictures.find(({ sha256 }) => sha256 === kept.sha256);
  if (!found) return [];
  const drawn = found.svg === null ? null : pictureForPage(found.svg);
  if (!drawn) return [note(user(wording.pictureFault(found.fault ?? '')))];
  const caption = window
    ? wording.picture(zone.time(window.fromUs), zone.time(window.toUs), window.zone, window.by)
    : wording.pictureBare;
  return [
    { kind: 'picture', picture: drawn, alt: wording.pictureAlt(title), caption: [user(caption), code(kept.sha256)] },
  ];
}

/** What one of the examiner's own findings has beside its words. */
export function ownParts(finding: ReportFinding, data: ReportData, zone: Zone): Block[] {
  return [...picture(finding, data, zone), ...totals(finding, zone)];
}

/** The evidence of the events that are named, each with its hash, once. */
export function evidenceOf(cited: readonly CitedEvent[]): Block[] {
  const files = new Map(
    cited.flatMap(({ evidence, sha256 }) => (sha256 === null ? [] : [[evidence, sha256] as const])),
  );
  if (files.size === 0) return [];
  return [
    { kind: 'para', look: 'small', keep: true, runs: [wording.evidence] },
    {
      kind: 'facts',
      rows: [...files].map(([evidence, sha256]) => ({
        label: user(evidence),
        value: [{ runs: [code(sha256)], look: 'exact' as const }],
      })),
    },
  ];
}
