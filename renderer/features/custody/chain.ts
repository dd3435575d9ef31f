import type { CustodyLineView } from '../../../shared/types/custody.ts';

/** The hash that the first line of a log names as the one before it. */
export const chainStart = '0'.repeat(64);

/** What a look at some lines of the log found. `checked` counts the lines whose hash was computed anew. */
export interface ChainCheck {
  readonly checked: number;
  /** Number of the first line that does not hold, and what is wrong with it; null where all do. */
  readonly fault: { readonly seq: number; readonly what: string } | null;
}

/** The hash that a line names as that of the line before; null where the line cannot be read. */
export function namedBefore(line: CustodyLineView): string | null {
  try {
    const { prev } = JSON.parse(line.details) as { prev?: unknown };
    return typeof prev === 'string' ? prev : null;
  } catch {
    return null;
  }
}

/**
 * Computes the hash of each line anew and holds it against the one that the next line names. `before` is the line that stands before the
 * first one, null at the beginning of the log. Answers null where `hash` cannot compute.
 */
export async function checkChain(
  lines: readonly CustodyLineView[],
  before: CustodyLineView | null,
  hash: (text: string) => Promise<string | null>,
): Promise<ChainCheck | null> {
  let head: string | null = before === null ? chainStart : await hash(before.details);
  for (const [index, line] of lines.entries()) {
    if (head === null) return null;
    if (namedBefore(line) !== head) {
      return { checked: index, fault: { seq: line.seq, what: 'it does not name the hash of the line before it' } };
    }
    head = await hash(line.details);
  }
  return head === null ? null : { checked: lines.length, fault: null };
}

/** Signs that are not seen, or that turn what stands beside them: names of a phone may hold them. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The line as it stands, laid out for reading, what cannot be seen written as JSON may write it; as it is where it is no JSON. */
export function laidOut(details: string): string {
  try {
    return JSON.stringify(JSON.parse(details), null, 2).replace(unseen, escaped);
  } catch {
    return details.replace(unseen, escaped);
  }
}
