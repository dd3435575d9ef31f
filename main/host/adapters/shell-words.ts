/** Redirections that write nothing to the phone. */
const harmlessRedirections = new Set(['2>/dev/null', '2>&1']);

/** Characters by which a shell would do more than run the words: substitution, groups, background, globs, escapes. */
const forbidden = /[`$(){}<>&\\#*?[\]!~]/;

export type SplitLine = { readonly commands: readonly (readonly string[])[] } | { readonly refused: string };

/**
 * Cuts a command line into simple commands and words, for the small part of the shell's language that reading needs:
 * words, quotes, `;`, `&&`, `||`, `|`, `2>/dev/null`, `2>&1` and a leading `TZ=`. Anything else is refused, so that
 * this reading of the line and the phone's cannot differ.
 */
export function splitCommandLine(line: string): SplitLine {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  let quote: '"' | "'" | null = null;
  let trouble: string | null = null;

  const endWord = () => {
    if (word === null) return;
    // The zone may be set for one command; no other variable may.
    if (!quoted && words.length === 0 && /^TZ=[\w/+-]+$/.test(word)) word = null;
    else if (quoted || !harmlessRedirections.has(word)) {
      const found = quoted ? null : forbidden.exec(word);
      if (found) trouble ??= `“${found[0]}” lets the shell do more than read`;
      words.push(word);
    }
    word = null;
    quoted = false;
  };
  const endCommand = () => {
    endWord();
    if (words.length === 0) trouble ??= 'a part of it is empty';
    commands.push(words);
    words = [];
  };

  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]!;
    if (char < ' ' || char === '\x7f') return { refused: 'it contains a control character' };
    if (quote) {
      if (char === quote) quote = null;
      else if (quote === '"' && /[`$\\!]/.test(char)) return { refused: `“${char}” lets the shell do more than read` };
      else word = `${word ?? ''}${char}`;
      continue;
    }
    if (char === '"' || char === "'") {
      // Parts glued to a quoted one are read as plainly as the shell reads them, so they must be plain.
      if (!quoted && word !== null && forbidden.test(word))
        return { refused: 'it mixes quotes with the shell’s own signs' };
      quote = char;
      quoted = true;
      word ??= '';
    } else if (char === ' ') endWord();
    else if (char === ';') endCommand();
    else if (char === '|') {
      if (line[at + 1] === '|') at += 1;
      endCommand();
    } else if (char === '&' && line[at + 1] === '&' && !(word ?? '').endsWith('>')) {
      at += 1;
      endCommand();
    } else {
      if (quoted && forbidden.test(char)) return { refused: `“${char}” lets the shell do more than read` };
      word = `${word ?? ''}${char}`;
    }
  }
  if (quote) return { refused: 'a quotation mark is not closed' };
  endCommand();
  return trouble === null ? { commands } : { refused: trouble };
}
