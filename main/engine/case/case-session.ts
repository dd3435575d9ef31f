import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { CaseView } from '../../../shared/types/case.ts';
import type { CustodyLineView } from '../../../shared/types/custody.ts';
import type { DestinationBy, DestinationsView } from '../../../shared/types/destination.ts';
import type { PhoneLook } from '../../../shared/types/device.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import type { CiteChoice, FindingState, FindingWindow, NewFinding } from '../../../shared/types/finding.ts';
import type { AcquireOutcome, ImportOutcome } from '../../../shared/types/outcome.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import type { AcquireChoice, OpenCase, ReportChoices, VerifyTrust, WindowQuestion, Work } from '../engine-api.ts';
import type { SubjectKind } from '../model/explain-facts.ts';
import { silentProgress } from '../ports/progress.ts';
import { appList } from '../query/apps.ts';
import type { AskedWindow } from '../query/bare-lanes.ts';
import { destinationList } from '../query/destinations.ts';
import { type Dictionary, loadDictionary } from '../query/dictionary.ts';
import { eventPage, eventStream } from '../query/events.ts';
import { firstPicture, measuredPicture } from '../query/first-picture.ts';
import { firstWindow } from '../query/first-window.ts';
import { hostList } from '../query/hosts.ts';
import { overview } from '../query/overview.ts';
import { CurrentRollups } from '../query/rollup/current-rollups.ts';
import { loadSearchNames, type SearchNames } from '../query/search-names.ts';
import { type CountedBy, fewIntervals } from '../query/search-totals.ts';
import { batches, evidenceList, summary, warningList } from '../query/summary.ts';
import { timelineWindow } from '../query/timeline.ts';
import { VolumeCount } from '../query/volume-count.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, isWritable, readCaseHeader, sizeOf } from '../store/case-folder.ts';
import { CustodyPages } from '../store/custody-pages.ts';
import { FindingLog } from '../store/finding-marks.ts';
import { acquireIntoCase } from './acquire-case.ts';
import { closeInterrupted, deriveMissing, isBehind, lackingRollups, rollUpMissing } from './catch-up.ts';
import { custodyView } from './custody-view.ts';
import { eventDetail } from './event-detail.ts';
import { explainCase } from './explain-case.ts';
import {
  decideFinding,
  draftFinding,
  editFinding,
  type FindingDesk,
  findingPicture,
  findingsOf,
  makeFinding,
  moveFinding,
} from './finding-case.ts';
import { hasUnfinishedReports } from './finish-reports.ts';
import { importIntoCase } from './import-case.ts';
import { lookIntoCase } from './look-case.ts';
import type { CaseParts } from './parts.ts';
import { rebuildCase } from './rebuild-case.ts';
import { exportCase, previewCase, reportCase } from './report-case.ts';
import { savePackets } from './save-packets.ts';
import { searchCase } from './search-case.ts';
import { signCase } from './sign-case.ts';
import { requestStamp, takeStamp } from './stamp-case.ts';
import { verifyCase } from './verify-case.ts';
import { withCase } from './write-session.ts';

/** Brings the case file up to what the log holds, after a crash or where it is missing. */
async function catchUp(paths: CasePaths, parts: CaseParts): Promise<void> {
  // A crash while the case file was made leaves an empty one.
  if ((await sizeOf(paths.database)) ?? 0) {
    const database = await CaseDatabase.open(paths.database, 'read').catch((error: unknown) => {
      // A journal of a cut-off write lies beside it: whoever may write plays it back.
      if (error instanceof Failure && error.code === 'read-only') return null;
      throw error;
    });
    try {
      if (database && !(await isBehind(paths, database))) {
        // A case file of an older shape, or without rollups, is read as it is where it cannot be written.
        if ((!database.older && (await lackingRollups(database)) === null) || !(await isWritable(paths))) return;
        await database.close();
        await withCase(paths, parts.clock, (session) => rollUpMissing(session.database)).catch(() => {});
        return;
      }
    } finally {
      await database?.close();
    }
  }
  if (!(await isWritable(paths))) {
    throw new Failure(
      'read-only',
      `${paths.root} cannot be written, and its case file is missing or not complete.`,
      'Copy the folder where it can be written and open it there.',
    );
  }
  try {
    await withCase(paths, parts.clock, async (session) => {
      await closeInterrupted(paths, session, parts.clock);
      const derived = await deriveMissing(
        paths,
        session.database,
        await parts.deriveParts(paths.evidence),
        silentProgress,
      );
      const program = `Phonehome ${parts.version}`;
      await session.custody.append(isoOf(parts.clock.now()), 'case.derived', { ...derived, program });
    });
  } catch (error) {
    // Where the disk is full, what the case file holds can still be read; the rest follows once there is space.
    if (!(error instanceof Failure && error.code === 'disk-full') || !(await canBeRead(paths))) throw error;
  }
}

async function canBeRead(paths: CasePaths): Promise<boolean> {
  const database = await CaseDatabase.open(paths.database, 'read').catch(() => null);
  await database?.close();
  return database !== null;
}

/** All times that a phone may write. */
const everMicros = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER };

/** One opened case. Reads go through a connection of their own, so that they go on while evidence comes in. */
export class CaseSession implements OpenCase {
  readonly #paths: CasePaths;
  readonly #parts: CaseParts;
  #read: CaseDatabase;
  #rollups: CurrentRollups;
  #volume: VolumeCount;
  readonly #log: CustodyPages;
  readonly #marks: FindingLog;
  #dictionary: Promise<Dictionary> | null = null;
  /** What can be found, as it was read with the dictionary that it belongs to. */
  #findable: { readonly of: Promise<Dictionary>; readonly names: Promise<SearchNames> } | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(paths: CasePaths, parts: CaseParts, read: CaseDatabase) {
    this.#paths = paths;
    this.#parts = parts;
    this.#read = read;
    this.#rollups = new CurrentRollups(read);
    this.#volume = new VolumeCount(read);
    this.#log = new CustodyPages(paths.custody);
    this.#marks = new FindingLog(paths.custody);
  }

  static async open(paths: CasePaths, parts: CaseParts): Promise<CaseSession> {
    await catchUp(paths, parts);
    // A report that was cut off before it got its name; whoever writes the case deals with it.
    if ((await hasUnfinishedReports(paths)) && (await isWritable(paths)))
      await withCase(paths, parts.clock, async () => {}).catch(() => {});
    return new CaseSession(paths, parts, await CaseDatabase.open(paths.database, 'read'));
  }

  #dict(): Promise<Dictionary> {
    this.#dictionary ??= loadDictionary(this.#read);
    return this.#dictionary;
  }

  /** Writing works queue up; whatever they change is read anew afterwards. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#writing.catch(() => {}).then(work);
    this.#writing = next.catch(() => {});
    return next.finally(() => {
      this.#dictionary = null;
    });
  }

  async view(): Promise<CaseView> {
    const [header, counts, volume, writable] = await Promise.all([
      readCaseHeader(this.#paths),
      this.#read.get<{ evidence: number; events: number }>(
        `SELECT (SELECT count(*) FROM evidence) evidence, (SELECT count(*) FROM contact) + (SELECT count(*) FROM context) events`,
      ),
      this.#volume.now(),
      isWritable(this.#paths),
    ]);
    return {
      id: this.#paths.root,
      path: this.#paths.root,
      name: this.#paths.name,
      info: header.info,
      readOnly: !writable,
      sample: header.sample,
      createdAt: header.createdAt,
      evidence: counts?.evidence ?? 0,
      events: volume + (counts?.events ?? 0),
    };
  }

  acquire(choice: AcquireChoice, work: Work): Promise<AcquireOutcome> {
    const progress = {
      ...work.progress,
      // What is watched live is in the case file already, with series and segments of its own.
      live: (view: LiveView) => {
        this.#dictionary = null;
        work.progress.live?.(view);
      },
    };
    return this.#write(() => acquireIntoCase(this.#paths, this.#parts, choice, { ...work, progress }));
  }

  look(choice: Parameters<OpenCase['look']>[0], work: Work): Promise<PhoneLook> {
    return this.#write(() => lookIntoCase(this.#paths, this.#parts, choice, work));
  }

  custodyLog(after: number, limit: number): Promise<{ lines: CustodyLineView[]; total: number }> {
    return custodyView(this.#log, after, limit);
  }

  importFiles(paths: readonly string[], work: Work): Promise<ImportOutcome> {
    return this.#write(() => importIntoCase(this.#paths, this.#parts, paths, work));
  }

  rebuild(work: Work): Promise<ImportOutcome> {
    return this.#write(async () => {
      try {
        return await rebuildCase(this.#paths, this.#parts, work, () => this.#read.close());
      } finally {
        await this.#read.close();
        this.#read = await CaseDatabase.open(this.#paths.database, 'read');
        this.#rollups = new CurrentRollups(this.#read);
        this.#volume = new VolumeCount(this.#read);
      }
    });
  }

  verify(work: Work, trust?: VerifyTrust) {
    return verifyCase(this.#paths, this.#parts, work, trust);
  }

  sign(passphrase: string, work: Work) {
    return this.#write(() => signCase(this.#paths, this.#parts, passphrase, work));
  }
  requestStamp(out: string) {
    return this.#write(() => requestStamp(this.#paths, this.#parts, out));
  }
  takeStamp(file: string, authorities: readonly string[]) {
    return this.#write(() => takeStamp(this.#paths, this.#parts, file, authorities));
  }

  first(bars: number) {
    const read = this.#read;
    const measure = () => this.#rollups.answer(async (rollups) => rollups && measuredPicture(read, rollups));
    return this.#rollups.beside(() => firstPicture(read, bars, measure));
  }

  async overview(bins: number) {
    const view = await this.#rollups.answer((rollups) => overview(this.#read, bins, rollups));
    // Lanes are asked for next: their names are read while the window draws this.
    this.#dict().catch(() => {});
    return view;
  }

  async window(question: WindowQuestion) {
    const dictionary = await this.#dict();
    return this.#rollups.answer((rollups) => {
      const ask = (asked: AskedWindow) => timelineWindow(this.#read, dictionary, asked, rollups);
      return question.bars === undefined ? ask(question) : firstWindow(ask, question, question.bars);
    });
  }

  async events(filter: EventFilter, limit: number, offset: number) {
    return eventPage(this.#read, await this.#dict(), filter, limit, offset);
  }

  async *eventStream(filter: EventFilter): AsyncGenerator<readonly EventView[]> {
    yield* eventStream(this.#read, await this.#dict(), filter);
  }

  async eventDetail(id: string, reveal = false) {
    return eventDetail(this.#read, await this.#dict(), this.#paths.evidence, id, reveal);
  }

  async savePackets(id: string, out: string, work: Work) {
    return savePackets(this.#paths, this.#parts, this.#read, await this.#dict(), { id, out }, work);
  }

  summary() {
    return this.#rollups.answer((rollups) => summary(this.#read, rollups, () => this.#volume.now()));
  }
  apps() {
    return appList(this.#read);
  }
  hosts() {
    return hostList(this.#read);
  }
  async destinations(by: DestinationBy, filter: EventFilter): Promise<DestinationsView> {
    return destinationList(this.#read, await this.#dict(), by, filter);
  }
  async find(text: string, limit: number) {
    const of = this.#dict();
    if (this.#findable?.of !== of) {
      const names = this.#findableNow(of);
      this.#findable = { of, names };
      names.catch(() => {
        this.#findable = null;
      });
    }
    const [names, header] = await Promise.all([this.#findable.names, readCaseHeader(this.#paths)]);
    return searchCase(this.#read, names, header.info, { text, limit });
  }
  async #findableNow(of: Promise<Dictionary>): Promise<SearchNames> {
    const dictionary = await of;
    const counted = (by: CountedBy) =>
      this.#rollups.answer(async (rollups) => {
        if (!rollups && !(await fewIntervals(this.#read))) return null;
        const question = { by, ...everMicros, buckets: 1, filter: { kind: 'volume' as const } };
        return (await timelineWindow(this.#read, dictionary, question, rollups)).lanes;
      });
    return loadSearchNames(this.#read, dictionary, await this.findings(), counted);
  }
  async explain(subject: { readonly kind: SubjectKind; readonly key: string }) {
    const lists = await (await this.#parts.deriveParts(this.#paths.evidence)).lists();
    return explainCase(this.#read, await this.#dict(), lists, subject);
  }
  evidence() {
    return evidenceList(this.#read);
  }
  batches() {
    return batches(this.#read);
  }
  warnings(limit: number, after: number) {
    return warningList(this.#read, limit, after);
  }
  get #desk(): FindingDesk {
    const ask: FindingDesk['ask'] = (question) => this.window(question);
    return { paths: this.#paths, clock: this.#parts.clock, read: this.#read, log: this.#marks, ask };
  }
  findings() {
    return findingsOf(this.#desk);
  }
  findingDraft(window: FindingWindow | null, cite: CiteChoice) {
    return draftFinding(this.#desk, window, cite);
  }
  /** What was said of findings is found by a search from then on. */
  #said<T>(work: Promise<T>): Promise<T> {
    return work.finally(() => {
      this.#findable = null;
    });
  }
  makeFinding(finding: NewFinding) {
    return this.#said(makeFinding(this.#desk, finding));
  }
  editFinding(key: string, words: { readonly title: string; readonly text: string }) {
    return this.#said(editFinding(this.#desk, key, words));
  }
  decideFinding(key: string, state: FindingState, reason: string | null) {
    return this.#said(decideFinding(this.#desk, key, state, reason));
  }
  moveFinding(key: string, place: number) {
    return this.#said(moveFinding(this.#desk, key, place));
  }
  findingPicture(key: string) {
    return findingPicture(this.#desk, key);
  }

  reportPreview(choices: ReportChoices, maxPages: number) {
    return previewCase(this.#paths, this.#parts, this.#read, choices, maxPages);
  }
  reportWrite(out: string | null, choices: ReportChoices, work: Work) {
    return this.#write(() => reportCase(this.#paths, this.#parts, this.#read, out, choices, work));
  }
  async export(format: string, out: string) {
    return exportCase(this.#paths, this.#parts, format, out, this.eventStream({}));
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#read.close();
  }
}
