import type { CaseInfo } from '../../../shared/types/case.ts';
import type { SearchView } from '../../../shared/types/search.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { find, type Note } from '../query/search.ts';
import type { SearchNames } from '../query/search-names.ts';

const fields = {
  number: 'Number of the case',
  examiner: 'Examiner',
  agency: 'Agency',
  authority: 'Authority to examine',
  notes: 'Notes of the case',
} as const satisfies Partial<Record<keyof CaseInfo, string>>;

/** What the examiner wrote on the cover of a case. */
function notesOf(info: CaseInfo): Note[] {
  return Object.entries(fields).flatMap(([key, name]): Note[] => {
    const text = info[key as keyof typeof fields];
    return text === null || text === '' ? [] : [{ key, name, text }];
  });
}

/** Searches the small tables of a case and what stands on its cover. */
export function searchCase(
  read: ReadCase,
  names: SearchNames,
  info: CaseInfo,
  question: { readonly text: string; readonly limit: number },
): Promise<SearchView> {
  return find(read, names, question, notesOf(info));
}
