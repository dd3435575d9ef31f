import type { DataSet } from './lane-data.ts';
import type { Subject } from './questions.ts';

/** What there is to draw from: the whole span in coarse steps, and the finest answer near the window. */
export interface Drawn {
  readonly subject: Subject;
  readonly whole: DataSet;
  readonly detail: DataSet | null;
}

/** Whether it is told where the bytes of a lane lie: of a first picture that holds for few of them. */
export function isTold({ whole, detail }: Drawn, key: string): boolean {
  return (detail ?? whole).drawable(key);
}
