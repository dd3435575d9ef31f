import { z } from 'zod';

/** What can be found, in the order in which it is shown. */
export const searchGroups = [
  'app',
  'host',
  'address',
  'organisation',
  'service',
  'country',
  'network',
  'finding',
  'note',
] as const;
export type SearchGroup = (typeof searchGroups)[number];

/** Stretches of a text that fit what was typed: pairs of places in UTF-16 units, from and behind the last, in order. */
export const searchMarks = z.array(z.tuple([z.number().int(), z.number().int()]));
export type SearchMarks = z.infer<typeof searchMarks>;

export const searchAnswer = z.object({
  group: z.enum(searchGroups),
  /** An app's uid, a host, an address, an organisation's or service's id, a country's letters, a network's key, a finding's id; of a note its field. */
  key: z.string(),
  name: z.string(),
  marks: searchMarks,
  /** Which other words of it fit, where the name alone does not; null: the name does. */
  why: z.object({ what: z.string(), text: z.string(), marks: searchMarks }).nullable(),
  /** A few words more on what it is; null: none are known. */
  about: z.string().nullable(),
  /** Contacts and look-ups; null: they were not counted here, or do not apply. */
  contacts: z.number().int().nullable(),
  lookUps: z.number().int().nullable(),
  /** There are more contacts than were counted here; then bytes are null. */
  more: z.boolean(),
  /** Bytes: of apps and networks those that the phone counted, of all else those of captured frames. Null: not known, or not added up here. */
  sent: z.number().nullable(),
  received: z.number().nullable(),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;

export const searchView = z.object({
  text: z.string(),
  groups: z.array(
    z.object({
      group: z.enum(searchGroups),
      /** How many fit; `more`: at least so many. */
      total: z.number().int(),
      more: z.boolean(),
      answers: z.array(searchAnswer),
    }),
  ),
});
export type SearchView = z.infer<typeof searchView>;
