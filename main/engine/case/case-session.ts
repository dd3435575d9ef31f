import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { CaseView } from '../../../shared/types/case.ts';
import type { CustodyLineView } from '../../../shared/types/custody.ts';
import type { DestinationBy, DestinationsView } from '../../../shared/types/destination.ts';
import type { PhoneLook } from '../../../shared/types/device.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import type { AcquireOutcome, ImportOutcome } from '../../../shared/types/outcome.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import type { AcquireChoice, OpenCase, ReportChoices, VerifyTrust, WindowQuestion, Work } from '../engine-api.ts';
import type { SubjectKind } from '../model/explain-facts.ts';
import { silentProgress } from '../ports/progress.ts';
import { appList } from '../query/apps.ts';
import { destinationList } from '../query/destinations.ts';
import { type Dictionary, loadDictionary } from '../query/dictionary.ts';
import { eventPage, eventStream } from '../query/events.ts';
import { hostList } from '../query/hosts.ts';
import { batches, evidenceList, findingList, summary, warningList } from '../query/summary.ts';
import { overview, timelineWindow } from '../query/timeline.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, isWritable, readCaseHeader, sizeOf } from '../store/case-folder.ts';
import { CustodyPages } from '../store/custody-pages.ts';
import { acquireIntoCase } from './acquire-case.ts';
import { closeInterrupted, deriveMissing, isBehind } from './catch-up.ts';
import { custodyView } from './custody-view.ts';
import { eventDetail } from './event-detail.ts';
import { explainCase } from './explain-case.ts';
import { hasUnfinishedReports } from './finish-reports.ts';
import { importIntoCase } from './import-case.ts';
import { lookIntoCase } from './look-case.ts';
import type { CaseParts } from './parts.ts';
import { rebuildCase } from './rebuild-case.ts';
import { exportCase, previewCase, reportCase } from './report-case.ts';
import { savePackets } from './save-packets.ts';
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
        // A case file of an older shape is read as it is where it cannot be written.
        if (!database.older || !(await isWritable(paths))) return;
        await database.close();
        await withCase(paths, parts.clock, async () => {}).catch(() => {});
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

/** One opened case. Reads go through a connection of their own, so that they go on while evidence comes in. */
export class CaseSession implements OpenCase {
  readonly #paths: CasePaths;
  readonly #parts: CaseParts;
  #read: CaseDatabase;
  readonly #log: CustodyPages;
  #dictionary: Promise<Dictionary> | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(paths: CasePaths, parts: CaseParts, read: CaseDatabase) {
    this.#paths = paths;
    this.#parts = parts;
    this.#read = read;
    this.#log = new CustodyPages(paths.custody);
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
    const header = await readCaseHeader(this.#paths);
    const counts = await this.#read.get<{ evidence: number; events: number }>(
      `SELECT (SELECT count(*) FROM evidence) evidence, (SELECT count(*) FROM volume) + (SELECT count(*) FROM contact) + (SELECT count(*) FROM context) events`,
    );
    return {
      id: this.#paths.root,
      path: this.#paths.root,
      name: this.#paths.name,
      info: header.info,
      readOnly: !(await isWritable(this.#paths)),
      sample: header.sample,
      createdAt: header.createdAt,
      evidence: counts?.evidence ?? 0,
      events: counts?.events ?? 0,
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

  overview(bins: number) {
    return overview(this.#read, bins);
  }

  async window(question: WindowQuestion) {
    return timelineWindow(this.#read, await this.#dict(), question);
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
    return summary(this.#read);
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
  findings() {
    return findingList(this.#read);
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
