import type { Place } from './place.ts';

/** What could not be read: a row of the case, never an exception. `text` is the offending piece, at most 200 characters. */
export interface ParseWarning {
  readonly at: Place;
  readonly text: string | null;
  /** One plain sentence. */
  readonly reason: string;
}
