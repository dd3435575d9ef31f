import type { AcquisitionExtra, AcquisitionProfile } from '../../shared/types/acquisition.ts';
import type { AppView } from '../../shared/types/app.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import type {
  CustodyLineView,
  SealOutcome,
  SigningKeyView,
  SignOutcome,
  StampOutcome,
  StampRequestOutcome,
  UnsealOutcome,
} from '../../shared/types/custody.ts';
import type { DatabaseView } from '../../shared/types/database.ts';
import type { DestinationBy, DestinationsView } from '../../shared/types/destination.ts';
import type { ConnectOutcome, PhoneLook, PhonesView } from '../../shared/types/device.ts';
import type { EventDetail, EventFilter, EventView, SavedPackets } from '../../shared/types/event.ts';
import type { Explanation } from '../../shared/types/explanation.ts';
import type {
  CiteChoice,
  FindingDraft,
  FindingState,
  FindingView,
  FindingWindow,
  NewFinding,
} from '../../shared/types/finding.ts';
import type { HostView } from '../../shared/types/host.ts';
import type {
  AcquireOutcome,
  ExportOutcome,
  ImportOutcome,
  ReportOutcome,
  ReportPreview,
  VerifyOutcome,
} from '../../shared/types/outcome.ts';
import type { SearchView } from '../../shared/types/search.ts';
import type { BatchView, EvidenceView, SummaryView, WarningView } from '../../shared/types/summary.ts';
import type { FirstPicture, OverviewView, WindowView } from '../../shared/types/timeline.ts';
import type { SubjectKind } from './model/explain-facts.ts';
import type { Progress } from './ports/progress.ts';
import type { AskedWindow } from './query/bare-lanes.ts';

/** Which phone (null: the only one that is ready), how much, and what although it changes the phone. */
export interface AcquireChoice {
  readonly serial: string | null;
  readonly profile: AcquisitionProfile;
  readonly extras?: readonly AcquisitionExtra[] | undefined;
  /** Goes on with the last acquisition, which was broken off or cut short: with its profile, and only with what is missing. */
  readonly resume?: boolean | undefined;
  /** How long a phone that goes away is waited for, milliseconds each time; absent or 0: not at all. */
  readonly waitMs?: number | undefined;
  /** Uses root where the phone has it. */
  readonly root?: boolean | undefined;
  /** Files of the owner, and packages whose base APKs are taken. */
  readonly files?: readonly string[] | undefined;
  readonly apks?: readonly string[] | undefined;
  /** Live only: ends by itself after so many milliseconds; absent: when the work's signal is aborted. */
  readonly forMs?: number | undefined;
  /** Live, with root: streams the phone's packets into the case besides. */
  readonly packets?: boolean | undefined;
}

/** How long work is watched and stopped. */
export interface Work {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Files that the examiner brings to a check: public keys (PEM), and certificates of time-stamp authorities (PEM or DER). */
export interface VerifyTrust {
  readonly keys?: readonly string[] | undefined;
  readonly authorities?: readonly string[] | undefined;
}

export interface ReportChoices {
  readonly omit?: readonly string[] | undefined;
  readonly date?: string | undefined;
}

export interface WindowQuestion extends AskedWindow {
  /** So many lanes have their intervals, the largest senders first; each other one is told in one step. Left out: all have them. */
  readonly bars?: number | undefined;
}

/**
 * One opened case. Every function rejects with a `Failure` for what a person can meet. Writing functions take the
 * case's lock for their time and refuse when another process holds it.
 */
export interface OpenCase {
  view(): Promise<CaseView>;
  acquire(choice: AcquireChoice, work: Work): Promise<AcquireOutcome>;
  /** Asks a phone what it offers beyond the usual; the questions stand in the custody log, nothing is taken. */
  look(choice: { readonly serial: string | null; readonly root?: boolean | undefined }, work: Work): Promise<PhoneLook>;
  /** The custody log from line `after` on. */
  custodyLog(after: number, limit: number): Promise<{ lines: CustodyLineView[]; total: number }>;
  importFiles(paths: readonly string[], work: Work): Promise<ImportOutcome>;
  rebuild(work: Work): Promise<ImportOutcome>;
  verify(work: Work, trust?: VerifyTrust): Promise<VerifyOutcome>;
  /** Checks the case and signs it as it stands with the examiner's key. */
  sign(passphrase: string, work: Work): Promise<SignOutcome>;
  /** Writes a request for a time stamp (RFC 3161) over the last signature. */
  requestStamp(out: string): Promise<StampRequestOutcome>;
  /** Checks a time stamp that an authority gave, and keeps it. */
  takeStamp(file: string, authorities: readonly string[]): Promise<StampOutcome>;
  /** What is drawn first, with the intervals of so many lanes, as the case keeps it; null where it keeps none. */
  first(bars: number): Promise<FirstPicture | null>;
  overview(bins: number): Promise<OverviewView>;
  window(question: WindowQuestion): Promise<WindowView>;
  events(filter: EventFilter, limit: number, offset: number): Promise<{ events: EventView[]; total: number }>;
  /** All events in time order, in batches; for scripts. */
  eventStream(filter: EventFilter): AsyncIterable<readonly EventView[]>;
  /** `reveal`: what may identify somebody is told whole; else with its middle hidden. */
  eventDetail(id: string, reveal?: boolean): Promise<EventDetail>;
  /** Writes the packets of a captured event into a new capture outside of the case, each record byte for byte. */
  savePackets(id: string, out: string, work: Work): Promise<SavedPackets>;
  summary(): Promise<SummaryView>;
  apps(): Promise<AppView[]>;
  /** Hosts, and addresses without a name, as far as contacts and look-ups tell. */
  hosts(): Promise<HostView[]>;
  /** Where contacts lead, by what they share. */
  destinations(by: DestinationBy, filter: EventFilter): Promise<DestinationsView>;
  /** Everything that holds all words of a text: apps, hosts, addresses, notes; at most `limit` of each kind. */
  find(text: string, limit: number): Promise<SearchView>;
  /** What may explain an event, app, host, address or service, and what data are at stake. */
  explain(subject: { readonly kind: SubjectKind; readonly key: string }): Promise<Explanation>;
  evidence(): Promise<EvidenceView[]>;
  batches(): Promise<BatchView[]>;
  warnings(limit: number, after: number): Promise<WarningView[]>;
  findings(): Promise<FindingView[]>;
  /** What a finding would hold if it were made now: nothing is written. */
  findingDraft(window: FindingWindow | null, cite: CiteChoice): Promise<FindingDraft>;
  makeFinding(finding: NewFinding): Promise<FindingView>;
  /** `key` here and below: a finding's `key`, or its `id`. */
  editFinding(key: string, words: { readonly title: string; readonly text: string }): Promise<FindingView>;
  decideFinding(key: string, state: FindingState, reason: string | null): Promise<FindingView>;
  /** Puts it into this place of the list, from 0, and answers with the list. */
  moveFinding(key: string, place: number): Promise<FindingView[]>;
  /** The kept picture, an SVG. Rejects where there is none, or where the file is another one now. */
  findingPicture(key: string): Promise<string>;
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
  verifyFolder(path: string, work: Work, trust?: VerifyTrust): Promise<VerifyOutcome>;
  /** The custody log of a case folder from line `after` on, without opening the case: nothing is written. */
  custodyOf(path: string, after: number, limit: number): Promise<{ lines: CustodyLineView[]; total: number }>;
  /** The examiner's signing key, or null where none was made. */
  signingKey(): Promise<SigningKeyView | null>;
  /** Makes it; `name` null takes the account's. */
  createSigningKey(choice: { readonly name: string | null; readonly passphrase: string }): Promise<SigningKeyView>;
  /** Seals a case into one file for age recipients. `out` may be a folder. */
  sealCase(
    path: string,
    choice: { readonly to: readonly string[]; readonly out: string },
    work: Work,
  ): Promise<SealOutcome>;
  /** Opens a sealed case into a new folder, with the age identities in a file. */
  unsealCase(
    file: string,
    choice: { readonly identities: string; readonly out: string },
    work: Work,
  ): Promise<UnsealOutcome>;
  /** Derives a case file anew without opening the old one, so that a damaged one can be replaced. */
  rebuildFolder(path: string, work: Work): Promise<ImportOutcome>;
  isCase(path: string): Promise<boolean>;
  phones(): Promise<PhonesView>;
  /** Pairs with a phone over the network, or connects to one: what came of it is one sentence either way. */
  pairPhone(address: string, code: string): Promise<ConnectOutcome>;
  connectPhone(address: string): Promise<ConnectOutcome>;
  watchPhones(listener: (phones: PhonesView) => void): () => void;
  /** The databases and lists that speak of destinations: the program's own, and those that the examiner imported. */
  databases(): Promise<DatabaseView[]>;
  /** Imports a database (`.mmdb`, or `ip-ranges.json` of AWS): the file is copied, by its hash. */
  addDatabase(path: string): Promise<DatabaseView>;
  /** Removes an imported one; those that ship stay. */
  removeDatabase(id: string): Promise<void>;
  reportSections(): readonly { id: string; title: string; required: boolean }[];
  exportFormats(): readonly string[];
  close(): Promise<void>;
}
