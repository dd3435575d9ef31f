import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { EventDetail, EventView, LabelView, RawView } from '../../../shared/types/event.ts';
import type { Origin } from '../model/evidence.ts';
import { artifacts } from '../parse/artifacts/index.ts';
import { readRaw } from '../parse/read-raw.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { Dictionary, SectionRow } from '../query/dictionary.ts';
import { contextEvent, volumeRow, volumeView } from '../query/events.ts';
import { obtainedWords } from '../query/summary.ts';

const LINES_AROUND = 6;

const notCountedWords: Readonly<Record<string, string>> = {
  'device total':
    'This is the total of a whole network interface (device series). The apps’ own rows hold the same bytes, and those are counted.',
  'interface total':
    'This is the total of a whole network interface. The apps’ own rows hold the same bytes, and those are counted.',
  'tag row': 'This row is the tagged part of a row of the same app, which is counted whole.',
  'vpn duplicate':
    'This row repeats bytes that went through a VPN and that are counted with the app on the network below.',
  'vpn tunnel':
    'This row was counted at the VPN’s own interface; the same bytes stand on the network below, where they are counted.',
  'unknown set': 'The phone names a counter set that this program does not know, so the row is kept and not counted.',
};
const SUPERSEDED =
  'The same stretch of time stands in another dump of this case, which is counted instead, so that nothing is counted twice.';

async function rawOf(read: ReadCase, evidenceFolder: string, section: SectionRow, event: EventView): Promise<RawView> {
  const kept = await read.get<{ sha256: string; name: string; origin: string }>(
    `SELECT sha256, name, origin FROM evidence WHERE id = ?`,
    [section.evidence],
  );
  if (!kept)
    throw new Failure('case-damaged', `The case file does not know evidence ${section.evidence}.`, 'Run rebuild.');
  const lines = await readRaw(
    { path: join(evidenceFolder, kept.sha256) },
    { name: section.name, member: section.member, offset: section.offset },
    { line: event.evidence.line, offset: event.evidence.offset },
    LINES_AROUND,
  );
  return {
    evidence: section.evidence,
    name: section.member ?? kept.name,
    sha256: kept.sha256,
    section: section.name,
    obtained: obtainedWords(JSON.parse(kept.origin) as Origin),
    lines,
  };
}

async function labelsOf(read: ReadCase, event: EventView): Promise<LabelView[]> {
  const subjects = [...event.packages.map((name) => `package:${name}`), `uid:${event.uid}`];
  return read.all<LabelView>(
    `SELECT kind, value, source, date, confidence, why FROM label WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY id`,
    [JSON.stringify(subjects)],
  );
}

/** One event with everything that is known of it, and the raw line that it was read from. */
export async function eventDetail(
  read: ReadCase,
  dictionary: Dictionary,
  evidenceFolder: string,
  id: string,
): Promise<EventDetail> {
  const number = Number(id.slice(1));
  let event: EventView | undefined;
  let section: SectionRow | undefined;
  let notCounted: string | null = null;
  if (id.startsWith('v')) {
    const row = await volumeRow(read, number);
    const series = row && dictionary.series.get(row.series);
    event = row && volumeView(row, dictionary);
    section = series && dictionary.sections.get(series.section);
    if (row && series && row.counted === 0) {
      notCounted = series.counted_as ? (notCountedWords[series.counted_as] ?? series.counted_as) : SUPERSEDED;
    }
  } else if (id.startsWith('x')) {
    event = await contextEvent(read, dictionary, number);
    const place = await read.get<{ section: number | null }>(`SELECT section FROM context WHERE id = ?`, [number]);
    section = place?.section == null ? undefined : dictionary.sections.get(place.section);
    notCounted = 'This is context and carries no bytes of its own.';
  }
  if (!event) throw new Failure('not-found', `The case has no event ${id}.`, null);
  const artifact = artifacts.find((one) => one.id === section?.artifact);
  return {
    event,
    artifact: artifact?.title ?? 'The case itself',
    labels: await labelsOf(read, event),
    proves: [...(artifact?.proves ?? [])],
    doesNotProve: [...(artifact?.doesNotProve ?? [])],
    notCounted,
    raw: section
      ? await rawOf(read, evidenceFolder, section, event)
      : {
          evidence: event.evidence.id,
          name: '',
          sha256: '',
          section: event.evidence.section,
          obtained: 'derived by the program from several lines',
          lines: [],
        },
  };
}
