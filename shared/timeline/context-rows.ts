import type { Micros } from '../base/time.ts';
import type { ContextMark } from '../types/timeline.ts';

export type NetworkTone = 'wifi' | 'mobile' | 'vpn' | 'other';

/** One line of the context band: stretches with names, or marks at instants. */
export interface ContextRow {
  readonly id: string;
  readonly title: string;
  readonly is: 'network' | 'screen' | 'marks';
  readonly marks: readonly ContextMark[];
}

const MOST_NETWORK_ROWS = 3;
const JOIN_US: Micros = 1_000_000;

/** Sorts what was going on on the phone into lines: networks by name, the screen, and single marks. */
export function contextRows(context: readonly ContextMark[]): ContextRow[] {
  const rows: ContextRow[] = packNetworks(context.filter((mark) => mark.kind === 'network'));
  const screen = context.filter((mark) => mark.kind === 'screen').toSorted(byStart);
  if (screen.length > 0) rows.push({ id: 'screen', title: 'Screen on', is: 'screen', marks: screen });
  const marks = context.filter((mark) => mark.kind !== 'network' && mark.kind !== 'screen').toSorted(byStart);
  if (marks.length > 0) rows.push({ id: 'marks', title: 'Phone', is: 'marks', marks });
  return rows;
}

function byStart(a: ContextMark, b: ContextMark): number {
  return a.fromUs - b.fromUs;
}

/** Networks that were up at the same time stand on lines of their own; a network keeps its line where it can. */
function packNetworks(marks: readonly ContextMark[]): ContextRow[] {
  const joined: ContextMark[] = [];
  const lastOf = new Map<string, number>();
  for (const mark of marks.toSorted(byStart)) {
    const at = lastOf.get(mark.name);
    const last = at === undefined ? undefined : joined[at];
    if (at !== undefined && last && mark.fromUs <= last.toUs + JOIN_US && mark.detail === last.detail) {
      joined[at] = { ...last, toUs: Math.max(last.toUs, mark.toUs) };
    } else {
      lastOf.set(mark.name, joined.length);
      joined.push(mark);
    }
  }
  const lines: { marks: ContextMark[]; until: Micros; names: Set<string> }[] = [];
  for (const mark of joined) {
    const free = lines.filter((line) => line.until <= mark.fromUs + JOIN_US);
    let line = free.find((l) => l.names.has(mark.name)) ?? free[0];
    if (!line && lines.length < MOST_NETWORK_ROWS) {
      line = { marks: [], until: Number.NEGATIVE_INFINITY, names: new Set() };
      lines.push(line);
    }
    // More at once than there are lines: the last line takes them, one over another, and the read-out names all.
    line ??= lines[lines.length - 1]!;
    line.marks.push(mark);
    line.names.add(mark.name);
    line.until = Math.max(line.until, mark.toUs);
  }
  return lines.map((line, i) => ({
    id: `network ${i}`,
    title: i === 0 ? 'Networks' : '',
    is: 'network',
    marks: line.marks,
  }));
}

const tones = new WeakMap<ContextMark, NetworkTone>();

/** What kind of network the words of a mark name. Remembered: it is asked with every frame. */
export function toneOf(mark: ContextMark): NetworkTone {
  let tone = tones.get(mark);
  if (!tone) {
    tone = readTone(mark);
    tones.set(mark, tone);
  }
  return tone;
}

function readTone(mark: ContextMark): NetworkTone {
  const said = `${mark.detail ?? ''} ${mark.name}`;
  if (/\bvpn\b/i.test(said)) return 'vpn';
  if (/wi-?fi|wlan/i.test(said)) return 'wifi';
  if (/mobile|cell|roam|lte|\b[345]g\b/i.test(said)) return 'mobile';
  return 'other';
}

const markWords: Readonly<Record<ContextMark['kind'], string>> = {
  network: 'Network',
  screen: 'Screen on',
  boot: 'Phone started',
  clock: 'Clock changed',
  install: 'Installed',
  acquisition: 'Acquired',
  permission: 'Permission last used',
};

/** What a mark is, in a word or two. */
export function markTitle(kind: ContextMark['kind']): string {
  return markWords[kind];
}

/** Marks of a line that touch a stretch. */
export function marksIn(row: ContextRow, fromUs: Micros, toUs: Micros): ContextMark[] {
  return row.marks.filter((mark) => mark.fromUs <= toUs && mark.toUs >= fromUs);
}
