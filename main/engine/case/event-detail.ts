import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../../shared/base/failure.ts';
import type { EventDetail, EventView, LabelView, RawView } from '../../../shared/types/event.ts';
import type { Origin } from '../model/evidence.ts';
import { artifacts } from '../parse/artifacts/index.ts';
import { readRaw } from '../parse/read-raw.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { contactRow, contactView, contactWords } from '../query/contacts.ts';
import type { Dictionary, SectionRow } from '../query/dictionary.ts';
import { contextEvent, volumeRow, volumeView } from '../query/events.ts';
import { flowView, lookUpDetail } from '../query/flows.ts';
import { captureWords, correlatedLabels, throughVpnWords } from '../query/joins.ts';
import { lookUpRow, lookUpView, lookUpWords } from '../query/look-ups.ts';
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
  'live beside a vpn':
    'This counter does not name the network interface, and a VPN carried bytes at the same time: what went through it stands with the app and with the VPN’s app. Nothing of that time is counted, so that nothing is counted twice.',
  'unknown set': 'The phone names a counter set that this program does not know, so the row is kept and not counted.',
};
const SUPERSEDED =
  'The same stretch of time stands in another dump of this case, which is counted instead, so that nothing is counted twice.';

const LIVE_COVERED =
  'This is what a counter of the kernel grew by while the phone was watched. The phone’s own history in this case covers the same time and is counted instead, so that nothing is counted twice.';

interface KeptFile {
  readonly id: string;
  readonly sha256: string;
  readonly name: string;
  readonly origin: string;
}

/** A segment of a live acquisition gets its last name, and its number, a moment before the case file knows of it. */
const RENAMED_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 50;

async function fileOf(read: ReadCase, section: SectionRow): Promise<KeptFile> {
  const kept = await read.get<KeptFile>(
    `SELECT e.id, e.sha256, e.name, e.origin FROM section s JOIN evidence e ON e.id = s.evidence WHERE s.id = ?`,
    [section.id],
  );
  if (!kept)
    throw new Failure('case-damaged', `The case file does not know evidence ${section.evidence}.`, 'Run rebuild.');
  // The case file may come from elsewhere: what it names must not lead out of the case.
  if (!/^(?:[0-9a-f]{64}|\.incoming-[\w-]+)$/.test(kept.sha256))
    throw new Failure('case-damaged', `The case file names no file for evidence ${kept.id}.`, 'Run verify.');
  return kept;
}

async function rawOf(read: ReadCase, evidenceFolder: string, section: SectionRow, event: EventView): Promise<RawView> {
  const linesOf = (file: string) =>
    readRaw(
      { path: join(evidenceFolder, file) },
      { name: section.name, member: section.member, offset: section.offset },
      { line: event.evidence.line, offset: event.evidence.offset },
      LINES_AROUND,
    );
  let kept = await fileOf(read, section);
  let lines: Awaited<ReturnType<typeof linesOf>> | undefined;
  for (let left = RENAMED_WITHIN_MS; lines === undefined; left -= LOOK_EVERY_MS) {
    try {
      lines = await linesOf(kept.sha256);
    } catch (thrown) {
      if (!kept.sha256.startsWith('.') || left <= 0) throw thrown;
      await delay(LOOK_EVERY_MS);
      kept = await fileOf(read, section);
    }
  }
  return {
    evidence: kept.id,
    name: section.member ?? kept.name,
    // A segment that is still being written has no hash yet, and lies under another name.
    sha256: kept.sha256.startsWith('.') ? null : kept.sha256,
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

/** One event with everything that is known of it, and the raw line that it was read from. `reveal`: see `flowView`. */
export async function eventDetail(
  read: ReadCase,
  dictionary: Dictionary,
  evidenceFolder: string,
  id: string,
  reveal = false,
): Promise<EventDetail> {
  const number = Number(id.slice(1));
  let event: EventView | undefined;
  let section: SectionRow | undefined;
  let notCounted: string | null = null;
  const limits: string[] = [];
  let flow: EventDetail['flow'];
  let lookUp: EventDetail['lookUp'];
  if (id.startsWith('v')) {
    const row = await volumeRow(read, number);
    const series = row && dictionary.series.get(row.series);
    event = row && volumeView(row, dictionary);
    section = series && dictionary.sections.get(series.section);
    if (row) limits.push(...(await throughVpnWords(read, row.from_us, row.to_us)));
    if (row && series && row.counted === 0) {
      notCounted = series.counted_as
        ? (notCountedWords[series.counted_as] ?? series.counted_as)
        : series.recorder === 'live'
          ? LIVE_COVERED
          : SUPERSEDED;
    }
  } else if (id.startsWith('c')) {
    const row = await contactRow(read, number);
    event = row && contactView(row, dictionary);
    section = row && dictionary.sections.get(row.section);
    notCounted = row ? [contactWords(row), ...(await captureWords(read, row.section, row.uid))].join(' ') : null;
    flow = row && (await flowView(read, row, reveal));
  } else if (id.startsWith('l')) {
    const row = await lookUpRow(read, number);
    event = row && lookUpView(row, dictionary);
    section = row && dictionary.sections.get(row.section);
    notCounted = row ? [lookUpWords, ...(await captureWords(read, row.section, row.uid))].join(' ') : null;
    lookUp = row && lookUpDetail(row);
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
    labels: [...(await labelsOf(read, event)), ...correlatedLabels(event)],
    proves: [...(artifact?.proves ?? [])],
    doesNotProve: [...limits, ...(artifact?.doesNotProve ?? [])],
    notCounted,
    ...(flow && { flow }),
    ...(lookUp && { lookUp }),
    raw: section
      ? await rawOf(read, evidenceFolder, section, event)
      : {
          evidence: event.evidence.id,
          name: '',
          sha256: null,
          section: event.evidence.section,
          obtained: 'derived by the program from several lines',
          lines: [],
        },
  };
}
