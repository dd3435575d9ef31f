import type { CaseInfo } from '../../../shared/types/case.ts';

/** The fields of a case as they are typed: empty text, never null. */
export type CaseDraft = { readonly [K in keyof CaseInfo]: string };
export const emptyDraft: CaseDraft = { number: '', examiner: '', agency: '', authority: '', notes: '', zone: '' };

/** What was not filled in is not known. */
export function infoOf(draft: CaseDraft): CaseInfo {
  const said = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    number: said(draft.number),
    examiner: said(draft.examiner),
    agency: said(draft.agency),
    authority: said(draft.authority),
    notes: said(draft.notes),
    zone: said(draft.zone),
  };
}
