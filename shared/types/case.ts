import { z } from 'zod';
import { firstPicture } from './timeline.ts';

/** What the examiner writes on the cover of a case. Empty strings are allowed; unknown is null. */
export const caseInfo = z.object({
  number: z.string().max(200).nullable(),
  examiner: z.string().max(200).nullable(),
  agency: z.string().max(200).nullable(),
  authority: z.string().max(500).nullable(),
  notes: z.string().max(20_000).nullable(),
  /** IANA zone in which the examiner wants times shown, or null for the phone's own. */
  zone: z.string().max(64).nullable(),
});
export type CaseInfo = z.infer<typeof caseInfo>;

export const emptyCaseInfo: CaseInfo = {
  number: null,
  examiner: null,
  agency: null,
  authority: null,
  notes: null,
  zone: null,
};

/** An opened case, as the window names it. `id` is good for this session of the engine only. */
export const caseView = z.object({
  id: z.string(),
  path: z.string(),
  name: z.string(),
  info: caseInfo,
  readOnly: z.boolean(),
  sample: z.boolean(),
  createdAt: z.string(),
  evidence: z.number().int(),
  events: z.number().int(),
});
export type CaseView = z.infer<typeof caseView>;

/** A case that was opened just now. `first`: its first picture, where one was asked for and is kept in the case. */
export const openedCase = caseView.extend({ first: firstPicture.optional() });
export type OpenedCase = z.infer<typeof openedCase>;

export const recentCase = z.object({
  path: z.string(),
  name: z.string(),
  number: z.string().nullable(),
  openedAt: z.string(),
  missing: z.boolean(),
});
export type RecentCase = z.infer<typeof recentCase>;

export const folderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'case', 'file']),
  bytes: z.number().nullable(),
});
export const folderView = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(folderEntry),
});
export type FolderView = z.infer<typeof folderView>;
