export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Joins intervals that touch or overlap. Input sorted by `from`; each answer names the input that it begins with. */
export function joined<T extends Interval>(
  sorted: readonly T[],
): { readonly from: number; readonly to: number; readonly first: T }[] {
  const answer: { from: number; to: number; first: T }[] = [];
  for (const one of sorted) {
    const last = answer.at(-1);
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else answer.push({ from: one.from, to: one.to, first: one });
  }
  return answer;
}
