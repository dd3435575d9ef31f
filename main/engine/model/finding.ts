/** A proposal with its reasons. It cites events; the examiner accepts or rejects it. */
export interface ProposedFinding {
  readonly rule: string;
  /** Stable within the rule, so that a rebuild proposes the same finding again. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly limits: string;
  /** Event ids, at most 50, largest first. */
  readonly events: readonly string[];
  readonly uid: number | null;
}
