/**
 * The report as a tree of plain data, without any typesetting language in it. `typst/` turns it into pages. A string
 * is the program's own words; text from the case always stands in `u` or `m`, so that it can never be read as anything
 * but text.
 */
export type Run =
  | string
  /** Strong: the program's own words and figures only. */
  | { readonly b: string }
  /** Text from the case: names, notes, answers. */
  | { readonly u: string }
  /** Text from the case to be compared letter by letter: hashes, commands, packages, properties. */
  | { readonly m: string };

/** One line of a cell or a fact. */
export interface Line {
  readonly runs: readonly Run[];
  /** `small` for what explains, `exact` for what is compared digit by digit: as small, as dark as the rest. */
  readonly look?: 'small' | 'exact';
}
export type Cell = readonly Line[];

export interface Column {
  readonly title: string;
  /** Millimetres, or a share of what is left. */
  readonly width: number | 'rest';
  readonly align?: 'right' | 'left';
}

/** A text over a drawing, from a case or not: it is set as it is. `y`: the line that letters stand on. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'left' | 'center' | 'right';
  readonly size: number;
  readonly weight: number;
  /** `#rrggbb` */
  readonly fill: string;
}
/** Vector art: lines and areas as SVG without any text, the texts over it. Millimetres. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
  readonly labels: readonly Label[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: readonly Run[] }
  | {
      readonly kind: 'para';
      readonly runs: readonly Run[];
      readonly look?: 'lead' | 'small' | 'dense';
      readonly keep?: boolean;
    }
  | { readonly kind: 'items'; readonly items: readonly (readonly Run[])[] }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: Run; readonly value: Cell }[] }
  | {
      readonly kind: 'tiles';
      readonly tiles: readonly { readonly label: string; readonly value: string; readonly note: string }[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      readonly total?: readonly Cell[];
    }
  | {
      readonly kind: 'drawing';
      readonly title: string;
      readonly drawing: Drawing;
      readonly alt: string;
      readonly caption: readonly Run[];
    }
  | { readonly kind: 'picture'; readonly picture: Drawing; readonly alt: string; readonly caption: readonly Run[] }
  | { readonly kind: 'notice'; readonly title: string; readonly runs: readonly Run[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Cover {
  readonly kind: string;
  readonly title: string;
  readonly subject: readonly Run[];
  readonly notice: { readonly title: string; readonly runs: readonly Run[] } | null;
  readonly facts: readonly { readonly label: string; readonly value: Cell }[];
  readonly contents: string;
}

export interface ReportDocument {
  readonly title: string;
  readonly authors: readonly string[];
  /** UTC. */
  readonly date: readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];
  readonly header: { readonly left: readonly Run[]; readonly right: readonly Run[] };
  readonly footer: readonly Run[];
  /** Words before the page's number and before the number of pages. */
  readonly page: readonly [string, string];
  readonly cover: Cover;
  readonly sections: readonly Section[];
}

export const line = (...runs: Run[]): Line => ({ runs });
export const small = (...runs: Run[]): Line => ({ runs, look: 'small' });
export const exact = (...runs: Run[]): Line => ({ runs, look: 'exact' });
export const cell = (...runs: Run[]): Cell => [{ runs }];
export const user = (text: string): Run => ({ u: text });
export const code = (text: string): Run => ({ m: text });
export const strong = (text: string): Run => ({ b: text });
export const heading = (...text: Run[]): Block => ({ kind: 'heading', text });
export const para = (...runs: Run[]): Block => ({ kind: 'para', runs });
/** A paragraph that stays on the page of what follows it. */
export const leadIn = (...runs: Run[]): Block => ({ kind: 'para', runs, keep: true });
export const note = (...runs: Run[]): Block => ({ kind: 'para', runs, look: 'small' });
