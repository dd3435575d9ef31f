import { moduleOf } from '../syntax.ts';
import { isCode, isTest, type Tree, type Violation } from '../tree.ts';

const law = 'words';

/** What no counter, socket or log can show: intent, guilt, certainty. */
const overclaiming: readonly RegExp[] = [
  /\b(?:stole|stolen|steal(?:s|ing)?|theft)\b/i,
  /\b(?:spy|spies|spied|spying|spyware|snoop(?:s|ed|ing)?)\b/i,
  /\bexfiltrat\w*/i,
  /\b(?:malicious(?:ly)?|malware|backdoors?)\b/i,
  /\b(?:secretly|covert(?:ly)?|clandestine(?:ly)?|stealth(?:y|ily)?)\b/i,
  /\b(?:definite(?:ly)?|certainly|undoubtedly|obviously|undeniabl[ey]|beyond (?:any )?doubt|without (?:a )?doubt)\b/i,
  /(?<!\bnot |n't |n’t )\bproves? (?:that )?(?:the|a|this) (?:user|owner|person|maker|vendor|suspect)\b/i,
  /\b(?:guilt|guilty|culprits?|offenders?|perpetrators?|criminal(?:ly)?|illegal(?:ly)?|unlawful(?:ly)?)\b/i,
  /\b(?:suspicious(?:ly)?|suspects?|suspected)\b/i,
  /\b(?:leak(?:s|ed|ing)?|hacked|hackers?|betray\w*)\b/i,
  /\bwithout (?:the |their |his |her )?(?:user['’]s |owner['’]s )?(?:knowledge|consent)\b/i,
];

/** The first such word in a text, or null. */
export function overclaim(text: string): string | null {
  for (const pattern of overclaiming) {
    const hit = pattern.exec(text);
    if (hit) return hit[0];
  }
  return null;
}

/** Code whose strings may reach a person. */
const isSpoken = (path: string) => /^(?:main\/(?:engine|host|shells)|shared|renderer)\//.test(path) && !isTest(path);

/** In lists, titles and addresses of other people's works are quoted as they are. */
function listTexts(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return field === 'title' || field === 'url' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((one) => listTexts(one, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => listTexts(one, name));
}

/** Law 6: say only what the data proves. */
export function wordLaw(tree: Tree): Violation[] {
  const violations: Violation[] = [];
  const look = (path: string, text: string, line: number | null) => {
    const word = overclaim(text);
    if (word) violations.push({ law, path, line, message: `says "${word}", which no recording proves` });
  };
  for (const [path, text] of tree) {
    if (isSpoken(path) && isCode(path)) {
      for (const one of moduleOf(path, text).texts) look(path, one.text, one.line);
    } else if (isSpoken(path) && /\.(typ|html)$/.test(path)) {
      for (const [at, one] of text.split('\n').entries()) look(path, one, at + 1);
    } else if (/^resources\/lists\/.*\.json$/.test(path)) {
      for (const one of listTexts(JSON.parse(text))) look(path, one, null);
    }
  }
  return violations;
}
