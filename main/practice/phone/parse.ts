/** A command with its words, variables and where its output goes. */
export interface Command {
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly noOut: boolean;
  readonly noErr: boolean;
  /** `2>&1` */
  readonly errToOut: boolean;
  /** `1>&2` */
  readonly outToErr: boolean;
}

export type Joint = ';' | '&&' | '||';
export interface Step {
  /** How it hangs on the step before. */
  readonly joint: Joint;
  readonly pipeline: readonly RawCommand[];
}

/** Words as written, with quotes resolved but variables not yet filled in. */
export interface RawCommand {
  readonly words: readonly (readonly Piece[])[];
  readonly redirects: readonly string[];
}
export type Piece = { readonly text: string } | { readonly variable: string };

export class ShellSyntaxError extends Error {}

const operators = ['&&', '||', ';', '|', '\n', '&'] as const;

/**
 * Reads a command line of the kind that tools send to a phone: words, quotes, variables, `;`, `&&`, `||`, pipes and
 * redirections to `/dev/null` or between the streams. Throws ShellSyntaxError for what this shell cannot do.
 */
export function parseLine(line: string): Step[] {
  const steps: Step[] = [];
  let joint: Joint = ';';
  let pipeline: RawCommand[] = [];
  let words: Piece[][] = [];
  let redirects: string[] = [];
  let word: Piece[] | null = null;
  let i = 0;

  const addText = (text: string): void => {
    word ??= [];
    const last = word.at(-1);
    if (last && 'text' in last) word[word.length - 1] = { text: last.text + text };
    else word.push({ text });
  };
  const endWord = (): void => {
    if (word) words.push(word);
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0 || redirects.length > 0) pipeline.push({ words, redirects });
    words = [];
    redirects = [];
  };
  const endStep = (next: Joint): void => {
    endCommand();
    if (pipeline.length > 0) steps.push({ joint, pipeline });
    pipeline = [];
    joint = next;
  };
  const variable = (): void => {
    const rest = line.slice(i + 1);
    const match = /^(?:\{([A-Za-z_]\w*|[?$#])\}|([A-Za-z_]\w*|[?$#]))/.exec(rest);
    if (!match) {
      if (rest.startsWith('(')) throw new ShellSyntaxError("syntax error: unexpected '$('");
      addText('$');
      i++;
      return;
    }
    word ??= [];
    word.push({ variable: (match[1] ?? match[2])! });
    i += 1 + match[0].length;
  };
  const quoted = (): void => {
    i++;
    addText('');
    while (i < line.length && line[i] !== '"') {
      if (line[i] === '$') variable();
      else if (line[i] === '\\' && '"\\$`'.includes(line[i + 1] ?? ' ')) {
        addText(line[i + 1]!);
        i += 2;
      } else addText(line[i++]!);
    }
    if (i >= line.length) throw new ShellSyntaxError('no closing quote');
    i++;
  };

  while (i < line.length) {
    const c = line[i]!;
    const redirect =
      word === null ? /^(?:[12&]?>>?\s*(?:&[12]|\/dev\/null)|<\s*\/dev\/null)/.exec(line.slice(i)) : null;
    const operator = operators.find((text) => line.startsWith(text, i));
    if (redirect) {
      redirects.push(redirect[0].replace(/\s+/g, ''));
      i += redirect[0].length;
    } else if (c === '>' || c === '<') {
      throw new ShellSyntaxError(
        `can't create ${
          line
            .slice(i + 1)
            .trim()
            .split(/\s/)[0] ?? ''
        }: Read-only file system`,
      );
    } else if (operator) {
      i += operator.length;
      if (operator === '|') endCommand();
      else if (operator === '&') throw new ShellSyntaxError("syntax error: unexpected '&'");
      else endStep(operator === '\n' ? ';' : operator);
    } else if (c === ' ' || c === '\t' || c === '\r') {
      endWord();
      i++;
    } else if (c === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) throw new ShellSyntaxError('no closing quote');
      addText(line.slice(i + 1, end));
      i = end + 1;
    } else if (c === '"') quoted();
    else if (c === '$') variable();
    else if (c === '`') throw new ShellSyntaxError("syntax error: unexpected '`'");
    else if (c === '\\' && i + 1 < line.length) {
      addText(line[i + 1]!);
      i += 2;
    } else if (c === '#' && word === null) {
      const end = line.indexOf('\n', i);
      i = end < 0 ? line.length : end;
    } else {
      addText(c);
      i++;
    }
  }
  endStep(';');
  return steps;
}

/** Fills the variables in and sorts assignments and redirections out. */
export function ready(raw: RawCommand, lookup: (name: string) => string): Command {
  const words = raw.words.map((pieces) => pieces.map((p) => ('text' in p ? p.text : lookup(p.variable))).join(''));
  const variables: Record<string, string> = {};
  while (words.length > 0) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0]!);
    if (!match) break;
    variables[match[1]!] = match[2]!;
    words.shift();
  }
  const to = (...forms: string[]): boolean => raw.redirects.some((form) => forms.includes(form.replace('>>', '>')));
  return {
    words,
    variables,
    noOut: to('>/dev/null', '1>/dev/null', '&>/dev/null'),
    noErr: to('2>/dev/null', '&>/dev/null') || (to('2>&1') && to('>/dev/null', '1>/dev/null')),
    errToOut: to('2>&1'),
    outToErr: to('>&2', '1>&2'),
  };
}
