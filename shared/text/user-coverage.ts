import type { UserCoverage } from '../types/outcome.ts';

/** `User 150 “Secure Folder”: not covered. …`; for one who is covered, a sentence that says so. */
export function coverageSentence({ id, name, covered, why }: UserCoverage): string {
  const who = name === null ? `User ${id}` : `User ${id} “${name}”`;
  const state = covered === 'yes' ? 'covered' : covered === 'no' ? 'not covered' : 'covered in part';
  return why === null ? `${who}: ${state}.` : `${who}: ${state}. ${why}`;
}
