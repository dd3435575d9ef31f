import {
  citation,
  type FindingState,
  findingPicture,
  findingStates,
  findingTotals,
  findingWindow,
} from '../../../shared/types/finding.ts';
import { type FindingMarks, type OwnFinding, ownKey, type RuleDecision, ruleKey } from '../model/finding-mark.ts';
import { CustodyPages } from './custody-pages.ts';
import type { CustodyLine } from './custody-reading.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : null);
const stateOf = (value: unknown): FindingState | null => findingStates.find((one) => one === value) ?? null;

/** The marks as they grow line by line. What a line lacks or has in another form is left out: `verify` tells of such a line. */
class Marks {
  readonly own = new Map<string, OwnFinding>();
  readonly decisions = new Map<string, RuleDecision>();
  order: readonly string[] = [];

  take(line: CustodyLine): void {
    if (line.action === 'finding.made') this.#made(line);
    else if (line.action === 'finding.changed') this.#changed(line);
    else if (line.action === 'finding.decided') this.#decided(line);
    else if (line.action === 'finding.moved' && Array.isArray(line.order))
      this.order = line.order.filter((key) => typeof key === 'string');
  }

  #made(line: CustodyLine): void {
    const [title, words] = [text(line.title), text(line.text)];
    const { number, at, who, seq } = line as CustodyLine & { number: unknown };
    if (title === null || words === null || !Number.isInteger(number)) return;
    const key = ownKey(number as number);
    if (this.own.has(key)) return;
    const cited = citation.array().safeParse(line.cited);
    this.own.set(key, {
      number: number as number,
      title,
      text: words,
      window: findingWindow.safeParse(line.window).data ?? null,
      totals: findingTotals.safeParse(line.totals).data ?? null,
      cited: cited.data ?? [],
      picture: findingPicture.safeParse(line.picture).data ?? null,
      made: { at, who },
      changed: null,
      decision: null,
      lines: [seq],
    });
  }

  #changed({ finding, title, text: words, at, who, seq }: CustodyLine): void {
    const own = this.own.get(String(finding));
    if (!own || typeof title !== 'string' || typeof words !== 'string') return;
    this.own.set(String(finding), { ...own, title, text: words, changed: { at, who }, lines: [...own.lines, seq] });
  }

  #decided(line: CustodyLine): void {
    const state = stateOf(line.state);
    if (state === null) return;
    const { at, who, seq } = line;
    const decision = { state, at, who, reason: text(line.reason) };
    const own = this.own.get(String(line.finding));
    if (own) {
      this.own.set(String(line.finding), { ...own, decision, lines: [...own.lines, seq] });
      return;
    }
    const [rule, key, title, words] = [text(line.rule), text(line.key), text(line.title), text(line.text)];
    if (rule === null || key === null || title === null || words === null) return;
    const name = ruleKey(rule, key);
    const lines = [...(this.decisions.get(name)?.lines ?? []), seq];
    const said = { title, text: words, limits: text(line.limits) ?? '', app: text(line.app) };
    this.decisions.set(name, { ...decision, rule, key, ...said, lines });
  }

  marks(): FindingMarks {
    return {
      own: [...this.own.values()].sort((a, b) => a.number - b.number),
      decisions: this.decisions,
      order: this.order,
    };
  }
}

/** What the examiner said of findings, by the lines of a custody log in their order. Never throws for what a line holds. */
export function marksOf(lines: readonly CustodyLine[]): FindingMarks {
  const marks = new Marks();
  for (const line of lines) marks.take(line);
  return marks.marks();
}

const PAGE = 5000;

/** The same of a log that grows: lines that were read once are not read again. */
export class FindingLog {
  readonly #pages: CustodyPages;
  #marks = new Marks();
  #read = 0;
  #last = '';

  constructor(path: string) {
    this.#pages = new CustodyPages(path);
  }

  /** Rejects where the log cannot be read. */
  async marks(): Promise<FindingMarks> {
    // The last line that is known is read along: where it is another one the log is another one.
    const again = await this.#pages.page(Math.max(0, this.#read - 1), 1);
    if (this.#read > 0 && again.lines[0]?.hash !== this.#last) {
      this.#marks = new Marks();
      this.#read = 0;
    }
    for (;;) {
      const { lines } = await this.#pages.page(this.#read, PAGE);
      for (const { line, hash } of lines) {
        if (line) this.#marks.take(line);
        this.#last = hash;
      }
      this.#read += lines.length;
      if (lines.length < PAGE) return this.#marks.marks();
    }
  }
}
