import type { EvidenceView } from '../../../shared/types/summary.ts';

/** A line of the list of evidence: a file, or the pieces in which the answers to one question came. */
export interface EvidenceRow {
  /** The id of a file, or that of the first piece with a plus sign. */
  readonly key: string;
  readonly first: EvidenceView;
  /** All of them, in the order in which they came; one for a file by itself. */
  readonly files: readonly EvidenceView[];
  readonly bytes: number;
  readonly ordinal: number;
}

/** Fewer than this stand by themselves. */
const LEAST = 3;

/**
 * Folds what was asked again and again: files of one acquisition with the same name and command, of which there are several. A live
 * acquisition keeps its answers in pieces of some minutes each; between them, what was asked once would be hard to find.
 */
export function foldPieces(files: readonly EvidenceView[]): EvidenceRow[] {
  const alike = new Map<string, EvidenceView[]>();
  for (const file of files) {
    if (file.command === null) continue;
    const key = JSON.stringify([file.batch, file.name, file.command]);
    const group = alike.get(key);
    if (group) group.push(file);
    else alike.set(key, [file]);
  }
  const rows: EvidenceRow[] = [];
  const add = (list: readonly EvidenceView[]) => {
    const first = list[0]!;
    rows.push({
      key: list.length > 1 ? `${first.id}+` : first.id,
      first,
      files: list,
      bytes: list.reduce((sum, file) => sum + file.bytes, 0),
      ordinal: rows.length,
    });
  };
  for (const file of files) {
    const group = alike.get(JSON.stringify([file.batch, file.name, file.command])) ?? [file];
    if (group.length < LEAST) add([file]);
    else if (group[0] === file) add(group);
  }
  return rows;
}

/** `E31 +27`: the first and how many more, or the id of a file by itself. */
export function idsText({ files, first }: EvidenceRow): string {
  return files.length === 1 ? first.id : `${first.id} +${files.length - 1}`;
}

/** The states among the pieces, the rarest first: one that is not complete is never hidden behind those that are. */
export function statesOf({ files }: EvidenceRow): readonly (readonly [EvidenceView['state'], number])[] {
  const counts = new Map<EvidenceView['state'], number>();
  for (const { state } of files) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].sort((a, b) => a[1] - b[1]);
}
