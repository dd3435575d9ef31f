import { caseWords } from './case-words.ts';
import { choiceWords } from './choice-words.ts';
import { evidenceWords } from './evidence-words.ts';
import { findingWords } from './finding-words.ts';
import { liveWords } from './live-words.ts';
import { type LogLine, text } from './parts.ts';
import { phoneWords } from './phone-words.ts';

const words = { ...caseWords, ...evidenceWords, ...phoneWords, ...choiceWords, ...liveWords, ...findingWords };

/** Actions that have words of their own. */
export const knownActions: readonly string[] = Object.keys(words);

/**
 * What a line of the custody log says, in plain words: what was done, with command, exit status, bytes, the first digits of the hash and
 * the offset of the phone's clock where the line has them. An action of another version gets a neutral sentence. Never throws for what
 * a line holds.
 */
export function sentenceOf(line: LogLine | null): string {
  if (line === null) return 'This line cannot be read.';
  const action = typeof line.action === 'string' ? line.action : '';
  const own = Object.hasOwn(words, action) ? words[action] : undefined;
  return own?.(line) ?? `An action that this version has no words for: ${text(action, 'it has no name')}.`;
}
