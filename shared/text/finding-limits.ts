/** Between what a rule says of all its findings and what it says of one. */
const PARAGRAPH = '\n\n';

interface WithLimits {
  readonly id: string;
  readonly limits: string;
}

/** The limits of one finding in a list that is read from its beginning. */
export interface LimitsInList {
  /** What stands here for the first time, a paragraph each. */
  readonly said: readonly string[];
  /** The finding in the list that has said the others; null where nothing is left out. */
  readonly asIn: string | null;
}

/**
 * Limits for a list of findings: a rule's findings share most of theirs, which are said with the first of them and referred to after
 * that. In the order of the findings.
 */
export function limitsInList(findings: readonly WithLimits[]): LimitsInList[] {
  const first = new Map<string, string>();
  return findings.map(({ id, limits }) => {
    const said: string[] = [];
    let asIn: string | null = null;
    for (const paragraph of limits.split(PARAGRAPH).filter((one) => one !== '')) {
      const before = first.get(paragraph);
      if (before === undefined) {
        first.set(paragraph, id);
        said.push(paragraph);
      } else asIn ??= before;
    }
    return { said, asIn };
  });
}

/** What a rule says of all its findings, and what of this one, as one text. Empty parts are left out. */
export function joinLimits(ofAll: string, ofThis: string): string {
  return [ofAll, ofThis].filter((part) => part !== '').join(PARAGRAPH);
}
