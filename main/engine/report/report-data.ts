import type { AppView } from '../../../shared/types/app.ts';
import type { CaseInfo } from '../../../shared/types/case.ts';
import type { FindingView } from '../../../shared/types/finding.ts';
import type { BatchView, EvidenceView, PhoneView, WarningView } from '../../../shared/types/summary.ts';
import type { CoverageSpan, OverviewView, WindowView } from '../../../shared/types/timeline.ts';
import type { ReportCaptured } from './captured-data.ts';
import type { ReportDestinations } from './destination-data.ts';

/** A system property that identifies the phone, with the place where it was read. */
export interface IdentityFact {
  readonly key: string;
  readonly value: string;
  readonly evidence: string;
  readonly line: number | null;
}

/** Sums over counted rows only. Bytes; times in microseconds of UTC, null where nothing was counted. */
export interface ReportTotals {
  readonly sent: number;
  readonly received: number;
  readonly sentBackground: number;
  readonly sentMobile: number;
  readonly sentRoaming: number;
  /** Counted intervals, and how many of them lack a figure (sent or received not said by the phone). */
  readonly intervals: number;
  readonly withoutFigure: number;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
}

/** Rows that are kept but enter no sum, by their reason. */
export interface NotCounted {
  readonly reason: string;
  readonly rows: number;
  readonly sent: number;
  readonly received: number;
}

/** The span of the history, and what lies outside of it. */
export interface ReportTimeline {
  readonly fromUs: number;
  /** End of the last counted interval; the drawn span may go on to the end of the coverage. */
  readonly countedToUs: number;
  /** Intervals far before the rest (a clock that was not set): counted, listed, not drawn. */
  readonly strays: { readonly intervals: number; readonly sent: number; readonly received: number };
}

/** The answers that the drawing is made of, as the window gets them: the strip, and lanes over the whole span. */
export interface ReportPlot {
  readonly overview: OverviewView;
  readonly lanes: WindowView;
}

/** One address, port and protocol of one app, over all connections that were seen. Times in microseconds of UTC. */
export interface ReportPeer {
  /** Null: the kernel no longer said whose it was. */
  readonly uid: number | null;
  readonly app: string | null;
  readonly ip: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly protocol: string;
  readonly connections: number;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly openStart: boolean;
  readonly openEnd: boolean;
  readonly evidence: readonly string[];
  readonly evidenceMore: number;
}

/** What was seen of connections; `more`: rows that the table leaves out. */
export interface ReportContacts {
  readonly total: number;
  readonly peers: number;
  readonly rows: readonly ReportPeer[];
  readonly more: number;
}

/** A cited event and where its line stands in the evidence. */
export interface CitedEvent {
  readonly id: string;
  readonly fromUs: number;
  readonly toUs: number;
  readonly sent: number | null;
  readonly received: number | null;
  readonly evidence: string;
  /** Of the evidence file; null where the case file does not know it. */
  readonly sha256: string | null;
  readonly section: string;
  readonly line: number | null;
  readonly offset: number | null;
  /** App and peer in words. */
  readonly who: string | null;
  /** Nothing stands at its place now. */
  readonly lost: boolean;
}
/** A kept picture of a finding by its hash; `fault`: a sentence on why it is not printed. */
export interface ReportPicture {
  readonly sha256: string;
  readonly svg: string | null;
  readonly fault: string | null;
}

export interface ReportFinding extends Omit<FindingView, 'cited'> {
  readonly cited: readonly CitedEvent[];
}

/** Data or program parts that ship with the program: what, whose, under which licence, of which date. */
export interface ResourceNotice {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly date: string | null;
  readonly sha256: string | null;
}

/** Everything that a report says, as plain data: no report reads anything else. */
export interface ReportData {
  readonly version: string;
  readonly caseName: string;
  readonly info: CaseInfo;
  /** IANA zone in which the report writes times, and who named it. */
  readonly zone: string;
  readonly zoneFrom: 'examiner' | 'phone' | 'nobody';
  readonly practice: boolean;
  readonly phone: PhoneView;
  readonly identity: readonly IdentityFact[];
  readonly batches: readonly BatchView[];
  readonly evidence: readonly EvidenceView[];
  /** One a uid, largest sender first; those with no counted interval last. */
  readonly apps: readonly AppView[];
  readonly totals: ReportTotals;
  readonly notCounted: readonly NotCounted[];
  readonly contacts: ReportContacts;
  readonly captured: ReportCaptured;
  readonly destinations: ReportDestinations;
  readonly coverage: readonly CoverageSpan[];
  /** Null where nothing was counted. */
  readonly timeline: ReportTimeline | null;
  /** Null where the case has no span. */
  readonly plot: ReportPlot | null;
  readonly findings: readonly ReportFinding[];
  readonly pictures: readonly ReportPicture[];
  readonly warnings: {
    readonly total: number;
    readonly reasons: readonly {
      readonly reason: string;
      readonly rows: number;
      readonly evidence: readonly string[];
    }[];
    readonly first: readonly WarningView[];
  };
  readonly custody: { readonly lines: number; readonly head: string };
  /** Null where the case is not signed. */
  readonly signature: ReportSignature | null;
  readonly notices: readonly ResourceNotice[];
  /** Folder of the program's resources. */
  readonly resources: string;
}

/** The last signature of the case, as it stood when the report was made. Times ISO 8601 UTC. */
export interface ReportSignature {
  readonly name: string | null;
  readonly fingerprint: string | null;
  readonly signedAt: string | null;
  /** Path of the manifest below the case, and its SHA-256. */
  readonly manifest: string;
  readonly sha256: string;
  readonly files: number | null;
  readonly lines: number | null;
  /** Whether it fits its key, its manifest and the log. The files were not hashed for it. */
  readonly holds: boolean;
  /** Time stamps that hold under the certificate inside of them. */
  readonly stamps: readonly {
    readonly time: string;
    readonly authority: string;
    /** Path below the case, and whether it is a token without an authority's answer around it. */
    readonly file: string;
    readonly bare: boolean;
  }[];
}

/** What the window shows of a case and the report repeats: read once for both, so that the two cannot differ. */
export interface ReportViews {
  readonly phone: PhoneView;
  readonly batches: readonly BatchView[];
  readonly evidence: readonly EvidenceView[];
  readonly apps: readonly AppView[];
  readonly findings: readonly FindingView[];
  /** The first of them; the report counts all by itself. */
  readonly warnings: readonly WarningView[];
  readonly coverage: readonly CoverageSpan[];
  readonly plot: ReportPlot | null;
  readonly destinations: ReportDestinations;
}

/** What a report needs and this room does not read by itself. */
export interface ReportExtra {
  readonly version: string;
  readonly caseName: string;
  readonly info: CaseInfo;
  /** A sample or practice case, said so on the cover even where no phone's serial says it. */
  readonly sample: boolean;
  /**
   * The custody log as it stood after the last change of evidence: how many lines, and the hash of the last of them.
   * Lines about reports do not belong here, or writing a report would change the next one.
   */
  readonly custody: { readonly lines: number; readonly head: string };
  /** Null or absent where the case is not signed. */
  readonly signature?: ReportSignature | null;
  readonly notices: readonly ResourceNotice[];
  /** Folder of the program's resources: the letters of the drawing lie there. */
  readonly resources: string;
  /** Absent where no finding has one. */
  readonly pictures?: readonly ReportPicture[];
  readonly views: ReportViews;
}

/** What the examiner chose for one report. `date` is printed on it: ISO 8601. */
export interface ReportChoices {
  readonly omit?: readonly string[] | undefined;
  readonly date: string;
}
