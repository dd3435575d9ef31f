import type { AppView } from '../../shared/types/app.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import type { PhonesView } from '../../shared/types/device.ts';
import type { EventDetail, EventFilter, EventView } from '../../shared/types/event.ts';
import type {
  AcquireOutcome,
  ExportOutcome,
  ImportOutcome,
  ReportOutcome,
  ReportPreview,
  VerifyOutcome,
} from '../../shared/types/outcome.ts';
import type { BatchView, EvidenceView, FindingView, SummaryView, WarningView } from '../../shared/types/summary.ts';
import type { LaneBy, OverviewView, WindowView } from '../../shared/types/timeline.ts';
import type { Progress } from './ports/progress.ts';

/** How long work is watched and stopped. */
export interface Work {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface ReportChoices {
  readonly omit?: readonly string[] | undefined;
  readonly date?: string | undefined;
}

export interface WindowQuestion {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly buckets: number;
  readonly filter: EventFilter;
}

/**
 * One opened case. Every function rejects with a `Failure` for what a person can meet. Writing functions take the
 * case's lock for their time and refuse when another process holds it.
 */
export interface OpenCase {
  view(): Promise<CaseView>;
  acquire(choice: { serial: string | null; profile: 'quick' | 'full' | 'live' }, work: Work): Promise<AcquireOutcome>;
  importFiles(paths: readonly string[], work: Work): Promise<ImportOutcome>;
  rebuild(work: Work): Promise<ImportOutcome>;
  verify(work: Work): Promise<VerifyOutcome>;
  overview(bins: number): Promise<OverviewView>;
  window(question: WindowQuestion): Promise<WindowView>;
  events(filter: EventFilter, limit: number, offset: number): Promise<{ events: EventView[]; total: number }>;
  /** All events in time order, in batches; for scripts. */
  eventStream(filter: EventFilter): AsyncIterable<readonly EventView[]>;
  eventDetail(id: string): Promise<EventDetail>;
  summary(): Promise<SummaryView>;
  apps(): Promise<AppView[]>;
  evidence(): Promise<EvidenceView[]>;
  batches(): Promise<BatchView[]>;
  warnings(limit: number, after: number): Promise<WarningView[]>;
  findings(): Promise<FindingView[]>;
  reportPreview(choices: ReportChoices, maxPages: number): Promise<ReportPreview>;
  /** `out` null writes `reports/` inside the case. */
  reportWrite(out: string | null, choices: ReportChoices, work: Work): Promise<ReportOutcome>;
  export(format: string, out: string): Promise<ExportOutcome>;
  close(): Promise<void>;
}

/** The engine's one public door. */
export interface Engine {
  readonly version: string;
  /** Makes a case folder `NAME.phonehome`; the ending is added where it is missing. */
  createCase(path: string, info: CaseInfo, sample?: boolean): Promise<OpenCase>;
  openCase(path: string): Promise<OpenCase>;
  /** Checks a case folder without opening its database, so that a damaged one can be checked too. */
  verifyFolder(path: string, work: Work): Promise<VerifyOutcome>;
  /** Derives a case file anew without opening the old one, so that a damaged one can be replaced. */
  rebuildFolder(path: string, work: Work): Promise<ImportOutcome>;
  isCase(path: string): Promise<boolean>;
  phones(): Promise<PhonesView>;
  watchPhones(listener: (phones: PhonesView) => void): () => void;
  reportSections(): readonly { id: string; title: string; required: boolean }[];
  exportFormats(): readonly string[];
  close(): Promise<void>;
}
