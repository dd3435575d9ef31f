import { groupedNumber, humanBytes } from '../timeline/formats.ts';
import type { SearchAnswer, SearchGroup } from '../types/search.ts';

export const groupTitles: Readonly<Record<SearchGroup, string>> = {
  app: 'Apps',
  host: 'Hosts',
  address: 'Addresses',
  organisation: 'Organisations',
  service: 'Services',
  country: 'Countries',
  network: 'Networks',
  finding: 'Findings',
  note: 'Case',
};

/** Bytes of an answer as they stand in a row; null where none are known. */
export function bytesText({ sent, received }: SearchAnswer): string | null {
  if (sent === null && received === null) return null;
  const parts = [
    sent === null ? null : `↑ ${humanBytes(sent)}`,
    received === null ? null : `↓ ${humanBytes(received)}`,
  ];
  return parts.filter((part) => part !== null).join('  ');
}

/** Contacts and look-ups of an answer; null where they were not counted. An app without any needs none said. */
export function contactsText({ group, contacts, lookUps, more }: SearchAnswer): string | null {
  const parts = [
    contacts === null || (contacts === 0 && (group === 'app' || group === 'service' || lookUps !== null))
      ? null
      : `${more ? 'over ' : ''}${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}`,
    lookUps === null || lookUps === 0 ? null : `${groupedNumber(lookUps)} ${lookUps === 1 ? 'look-up' : 'look-ups'}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** An answer in one sentence, for those who hear it. */
export function spokenAnswer(answer: SearchAnswer): string {
  const { name, why, about } = answer;
  const words = why === null ? about : `${why.what}: ${why.text}`;
  const bytes = [
    answer.sent === null ? null : `${humanBytes(answer.sent)} sent`,
    answer.received === null ? null : `${humanBytes(answer.received)} received`,
  ];
  return [name, words, contactsText(answer), ...bytes].filter((part) => part !== null).join(', ');
}
