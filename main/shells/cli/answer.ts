import { plainText } from '../../../shared/text/plain-text.ts';
import type { Terminal } from './terminal.ts';

/** Text for a terminal, line ends kept: what a phone or a file name brought along must not steer the terminal. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainLine).join('\n');
}

/** One line for a terminal, however long: a line end inside of it is named like every other unseen sign. */
export function plainLine(text: string): string {
  return plainText(text, Number.POSITIVE_INFINITY);
}

/** Prints one JSON value, indented by two, or the readable form. */
export async function answer(terminal: Terminal, json: boolean, value: unknown, readable: () => string): Promise<void> {
  const text = json ? JSON.stringify(value, null, 2) : plainLines(readable());
  if (text !== '') await terminal.out(text.endsWith('\n') ? text : `${text}\n`);
}

export interface Column<T> {
  readonly title: string;
  readonly of: (row: T) => string;
  /** Figures are set to the right. */
  readonly right?: boolean;
}

/** Rows as text in columns, or `empty` where there are none. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], empty: string): string {
  if (rows.length === 0) return `${empty}\n`;
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => plainLine(column.of(row)))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => widthOf(line[at] ?? ''))));
  const lines = cells.map((line) =>
    line
      .map((cell, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
        return columns[at]?.right ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

const lineWidth = 100;

/** Text broken between words at a hundred cells; further lines begin with `indent`. A word that is longer stays whole. */
export function wrapped(text: string, indent: string): string {
  let lines = '';
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() !== '' && widthOf(longer) > lineWidth) {
      lines += `${line}\n`;
      line = `${indent}${word}`;
    } else line = longer;
  }
  return `${lines}${line}\n`;
}

/** `name  value` lines. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${plainLine(value)}\n`).join('');
}

/** What is not known is said so, never shown as nothing. */
export function known(value: string | number | null, unit = ''): string {
  return value === null ? 'not known' : `${value}${unit}`;
}

/** How many cells of a terminal a text takes: Chinese, Japanese and Korean signs take two, combining marks none. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) {
    if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(sign)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u.test(
        sign,
      )
        ? 2
        : 1;
  }
  return width;
}
