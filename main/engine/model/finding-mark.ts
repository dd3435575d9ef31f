import type {
  Citation,
  FindingPicture,
  FindingState,
  FindingTotals,
  FindingWindow,
} from '../../../shared/types/finding.ts';

/** Who did something by the custody log, and when: ISO 8601 UTC by this computer's clock. */
export interface ByWhom {
  readonly at: string;
  readonly who: string;
}

/** A decision as the log tells it. */
export interface Decision extends ByWhom {
  readonly state: FindingState;
  readonly reason: string | null;
}

/** A finding that the examiner wrote, as the lines of the log leave it. */
export interface OwnFinding {
  /** From 1; its key is `m` and this. */
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly window: FindingWindow | null;
  readonly totals: FindingTotals | null;
  readonly cited: readonly Citation[];
  readonly picture: FindingPicture | null;
  readonly made: ByWhom;
  readonly changed: ByWhom | null;
  readonly decision: Decision | null;
  /** Lines of the log that tell of it. */
  readonly lines: readonly number[];
}

/** What the examiner decided of a proposal, with the words that it had then. */
export interface RuleDecision extends Decision {
  readonly rule: string;
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly limits: string;
  readonly app: string | null;
  readonly lines: readonly number[];
}

/** Everything that the examiner said of findings: read from the custody log alone. */
export interface FindingMarks {
  readonly own: readonly OwnFinding[];
  /** By `ruleKey`. */
  readonly decisions: ReadonlyMap<string, RuleDecision>;
  /** Keys in the order that the examiner gave them last; what is not named comes after these. */
  readonly order: readonly string[];
}

/** The name of a proposal that no deriving anew changes. */
export const ruleKey = (rule: string, key: string) => `${rule} ${key}`;
/** The name of one of the examiner's own findings. */
export const ownKey = (number: number) => `m${number}`;

/** Nothing was said. */
export const noMarks: FindingMarks = { own: [], decisions: new Map(), order: [] };
