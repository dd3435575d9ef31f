import type { SearchMarks } from '../../../shared/types/search.ts';

/** A text with what was found in it marked. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: SearchMarks }) {
  const parts = marks.flatMap(([from, to], n) => [
    text.slice(marks[n - 1]?.[1] ?? 0, from),
    <mark key={from} className="search-mark">
      {text.slice(from, to)}
    </mark>,
  ]);
  return (
    <>
      {parts}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}
