import type { Block, Cell, Drawing, Line, ReportDocument, Run } from '../document.ts';
import type { Letters } from '../drawing/letters.ts';
import { grouped } from '../format.ts';
import { wording } from '../wording.ts';
import { breakable, fitting, legible, turns } from './legible.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Letters of one text in a cell. A command or a path may be long; a page holds some ten times as much. */
const MOST_LETTERS = 500;

/** Turns the tree into the JSON that the template reads; text from the case passes through `legible` here, and only here. */
export function encode(document: ReportDocument, drawable: ReadonlySet<number>, letters: Letters): Json {
  const pieces = (text: string, kind: 'u' | 'm'): Json => {
    const shown = legible(text, drawable);
    return {
      [kind]: shown.length > 14 && !turns(shown) ? breakable(shown) : [shown],
      turns: turns(shown) && shown.length < 60,
    };
  };
  const run = (one: Run): Json => {
    if (typeof one === 'string') return legible(one, drawable);
    if ('b' in one) return { b: legible(one.b, drawable) };
    return 'u' in one ? pieces(one.u, 'u') : pieces(one.m, 'm');
  };
  const runs = (all: readonly Run[]): Json => all.map(run);
  const shorten = (text: string) => fitting(text, MOST_LETTERS, (letters) => wording.cut(grouped(letters)));
  const short = (one: Run): Run =>
    typeof one === 'string' || 'b' in one ? one : 'u' in one ? { u: shorten(one.u) } : { m: shorten(one.m) };
  const line = (one: Line): Json => ({ runs: runs(one.runs.map(short)), look: one.look ?? 'plain' });
  const cell = (all: Cell): Json => all.map(line);

  const art = ({ width, height, svg, labels }: Drawing) => ({
    width,
    height,
    svg,
    labels: labels.map((label) => ({
      ...label,
      text: legible(label.text, drawable),
      weight: letters.weightOf(label.text, label.weight),
    })),
  });

  const block = (one: Block): Json => {
    switch (one.kind) {
      case 'heading':
        return { kind: one.kind, runs: runs(one.text) };
      case 'para':
        return { kind: one.kind, runs: runs(one.runs), look: one.look ?? 'plain', keep: one.keep ?? false };
      case 'items':
        return { kind: one.kind, items: one.items.map(runs) };
      case 'facts':
        return { kind: one.kind, rows: one.rows.map((row) => ({ label: [run(row.label)], value: cell(row.value) })) };
      case 'tiles':
        return { kind: one.kind, tiles: one.tiles.map((tile) => ({ ...tile })) };
      case 'table':
        return {
          kind: one.kind,
          columns: one.columns.map(({ title, width, align }) => ({ title, width, align: align ?? 'left' })),
          rows: one.rows.map((row) => row.map(cell)),
          total: one.total ? one.total.map(cell) : null,
        };
      case 'drawing':
        return { kind: one.kind, title: one.title, alt: one.alt, caption: runs(one.caption), ...art(one.drawing) };
      case 'picture': {
        const alt = legible(one.alt, drawable);
        return { kind: one.kind, alt, caption: runs(one.caption), ...art(one.picture) };
      }
      case 'notice':
        return { kind: one.kind, title: one.title, runs: runs(one.runs) };
      case 'code':
        return { kind: one.kind, lines: one.lines.map((text) => [pieces(text, 'm')]) };
    }
  };

  const { cover } = document;
  return {
    title: legible(document.title, drawable),
    authors: document.authors.map((author) => legible(author, drawable)),
    date: document.date,
    header: { left: runs(document.header.left), right: runs(document.header.right) },
    footer: runs(document.footer),
    page: document.page,
    cover: {
      kind: cover.kind,
      title: cover.title,
      subject: runs(cover.subject),
      notice: cover.notice ? { title: cover.notice.title, runs: runs(cover.notice.runs) } : null,
      facts: cover.facts.map((fact) => ({ label: [fact.label], value: cell(fact.value) })),
      contents: cover.contents,
    },
    sections: document.sections.map((section) => ({ title: section.title, blocks: section.blocks.map(block) })),
  };
}
