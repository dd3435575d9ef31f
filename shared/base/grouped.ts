/** Parts a whole number in threes with a narrow space that never breaks, in every text of the program: `1 284 551 223`, `−4 096`. */
export function grouped(value: number): string {
  const sign = value < 0 ? '−' : '';
  return sign + String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
