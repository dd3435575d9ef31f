import type { FlowFacts } from './flow-facts.ts';
import { findPersonal, isReadable, type Personal, traitsOf } from './personal.ts';

/** So much of one packet is searched. */
const SEARCHED_BYTES = 4096;
const SHORTEST_TEXT = 16;
const MOST_PERSONAL = 20;

/** What may identify somebody in a payload, where that is text. */
export function personalIn(bytes: Uint8Array, at: number, end: number): Personal[] {
  if (end - at < SHORTEST_TEXT || !isReadable(bytes, at, end)) return [];
  const length = Math.min(end - at, SEARCHED_BYTES);
  const traits = traitsOf(bytes, at, at + length);
  if (traits === 0) return [];
  return findPersonal(Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('latin1'), traits);
}

/** Adds what a flow did not have yet. */
export function addPersonal(facts: FlowFacts, found: readonly Personal[]): void {
  for (const one of found) {
    if (facts.personal.length >= MOST_PERSONAL) return;
    if (!facts.personal.some(({ kind, value }) => kind === one.kind && value === one.value))
      facts.personal = [...facts.personal, one];
  }
}
