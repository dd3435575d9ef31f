import { microsOf } from '../../../../shared/base/time.ts';
import type { AppView } from '../../../../shared/types/app.ts';
import {
  type Block,
  type Cell,
  cell,
  code,
  heading,
  leadIn,
  line,
  para,
  type Run,
  small,
  strong,
  user,
} from '../document.ts';
import { bytes, count, grouped, percent } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import { certificates } from './certificates.ts';
import type { SectionMaker } from './section.ts';

/** For reading and, beneath, exact. */
function both(value: number, known = true): Cell {
  return known ? [line(bytes(value)), small(grouped(value))] : cell(wording.none);
}

function list(packages: readonly string[]): Run[] {
  return packages.flatMap((name, index) => (index === 0 ? [code(name)] : [', ', code(name)]));
}

/** A row stays on one page, so a uid that many packages share names the rest of them below the table. */
const SHOWN_PACKAGES = 6;

function shared(apps: readonly AppView[]): Block[] {
  const many = apps.filter((app) => app.packages.length > SHOWN_PACKAGES);
  if (many.length === 0) return [];
  return [
    heading(wording.sharedTitle),
    {
      kind: 'items',
      items: many.map((app) => [
        strong(wording.sharedUid(String(app.uid), count(app.packages.length, 'package', 'packages'))),
        ...list(app.packages),
      ]),
    },
  ];
}

function description(app: AppView): Cell {
  const lines = [line(user(app.name))];
  const named = app.packages.length !== 1 || app.packages[0] !== app.name;
  const more = app.packages.length - SHOWN_PACKAGES;
  if (more > 0) lines.push(small(...list(app.packages.slice(0, SHOWN_PACKAGES)), wording.packagesMore(grouped(more))));
  else if (app.packages.length > 0 && named) lines.push(small(...list(app.packages)));
  if (app.kind !== 'app' && app.name.toLowerCase() !== wording.kinds[app.kind])
    lines.push(small(wording.kinds[app.kind]));
  if (app.service) {
    const { optional } = app.service;
    const can = wording.optional[optional === null ? 'unknown' : optional ? 'yes' : 'no'];
    lines.push(
      small(`${wording.serviceLabel} `, user(wording.serviceOf(app.service.name, app.service.vendor)), `; ${can}`),
    );
  }
  return lines;
}

function owner(app: AppView): Cell {
  // The counters of removed apps and of tethered devices belong to no user.
  return [line(String(app.uid).replace('-', '−')), ...(app.uid < 0 ? [] : [small(wording.userOf(String(app.user)))])];
}

function edges(app: AppView, zone: Zone): Cell {
  const edge = (iso: string | null) => (iso === null ? wording.none : zone.time(microsOf(iso) ?? 0));
  return [small(edge(app.first)), small(edge(app.last))];
}

function table(data: ReportData, zone: Zone, shown: readonly AppView[]): Block {
  const { columns } = wording;
  const night = shown.every((app) => app.sentNight !== null);
  const sum = (pick: (app: AppView) => number) => shown.reduce((total, app) => total + pick(app), 0);
  return {
    kind: 'table',
    columns: [
      { title: columns.number, width: 8, align: 'right' },
      { title: columns.app, width: 'rest' },
      { title: columns.uid, width: 17, align: 'right' },
      { title: columns.sent, width: 19, align: 'right' },
      { title: columns.received, width: 20, align: 'right' },
      { title: columns.background, width: 20, align: 'right' },
      { title: columns.night, width: 18, align: 'right' },
      { title: columns.firstLast, width: zone.constant ? 23 : 31 },
    ],
    rows: shown.map((app, index) => [
      cell(String(index + 1)),
      description(app),
      owner(app),
      both(app.sent),
      both(app.received),
      [line(bytes(app.sentBackground)), small(percent(app.sentBackground, app.sent) ?? wording.none)],
      both(app.sentNight ?? 0, night),
      edges(app, zone),
    ]),
    total: [
      [],
      cell(strong(wording.appsTotal(count(shown.length, 'row', 'rows')))),
      [],
      both(data.totals.sent),
      both(data.totals.received),
      [
        line(bytes(data.totals.sentBackground)),
        small(percent(data.totals.sentBackground, data.totals.sent) ?? wording.none),
      ],
      both(
        sum((app) => app.sentNight ?? 0),
        night,
      ),
      [],
    ],
  };
}

function silent(data: ReportData): Block[] {
  const apps = data.apps.filter((app) => app.events === 0);
  if (apps.length === 0) return [];
  const runs = apps.flatMap((app, index): Run[] => {
    const packages = app.packages[0];
    const name: Run[] =
      packages === undefined || packages === app.name ? [user(app.name)] : [user(app.name), ' (', code(packages), ')'];
    return index === 0 ? name : [' · ', ...name];
  });
  return [
    heading(wording.appsSilent),
    leadIn(wording.appsSilentText(count(apps.length, 'app', 'apps'))),
    { kind: 'para', look: 'small', runs },
  ];
}

function notCounted(data: ReportData): Block[] {
  if (data.notCounted.length === 0) return [];
  const { columns } = wording;
  return [
    heading(wording.notCountedTitle),
    leadIn(wording.notCountedText),
    {
      kind: 'table',
      columns: [
        { title: columns.reason, width: 'rest' },
        { title: columns.rows, width: 20, align: 'right' },
        { title: columns.sent, width: 26, align: 'right' },
        { title: columns.received, width: 26, align: 'right' },
      ],
      rows: data.notCounted.map((row) => [
        cell(wording.notCountedReason[row.reason] ?? wording.notCountedOther(row.reason)),
        cell(grouped(row.rows)),
        both(row.sent),
        both(row.received),
      ]),
    },
  ];
}

export const apps: SectionMaker = {
  id: 'apps',
  title: wording.sections.apps,
  required: false,
  make(data, zone) {
    if (data.apps.length === 0) return [para(wording.appsNothing), ...notCounted(data)];
    const shown = data.apps.filter((app) => app.events > 0);
    const night = data.phone.zone === null ? wording.appsNoNight : wording.appsNight(data.phone.zone);
    const main: Block[] =
      shown.length === 0
        ? [para(wording.nothingCounted)]
        : [leadIn(`${wording.appsIntro(zone.label)} ${night}`), table(data, zone, shown)];
    return [...main, ...shared(shown), ...silent(data), ...certificates(data.apps), ...notCounted(data)];
  },
};
