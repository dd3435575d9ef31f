import type { Reason } from '../../../../shared/types/explanation.ts';
import type { PackageEntry } from '../service-list.ts';
import type { ServiceBook } from '../services.ts';

/** What an explanation looks things up in. */
export interface ExplainBooks {
  readonly catalogue: Pick<ServiceBook, 'of' | 'packagesOf' | 'endpointsOf' | 'signsOf' | 'sourcesOf' | 'source'>;
  /** Every package that the catalogue knows, with its service. */
  readonly packages: readonly PackageEntry[];
}

/** A reason with what it adds to a candidate, below 0 where it speaks against it. */
export interface Weighed {
  readonly reason: Reason;
  readonly weight: number;
}

/** A list’s sources in a few words: the first that is a publication, with its date, else that it is general knowledge. */
export function sourceWords(books: ExplainBooks, ids: readonly string[]): string {
  const published = ids.filter((id) => id !== 'general-knowledge');
  const [first] = books.catalogue.sourcesOf(published.length > 0 ? published.slice(0, 1) : ['general-knowledge']);
  const more = published.length > 1 ? `, and ${published.length - 1} more` : '';
  return `${first?.title ?? 'The catalogue'}${first?.date ? ` (${first.date})` : ''}${more}; catalogue of ${books.catalogue.source.date}`;
}

/** Whether a row that holds for some makers only holds for this phone. A maker that is not known fits none. */
export function fitsMaker(onlyMakers: readonly string[] | undefined, maker: string | null): boolean {
  if (!onlyMakers) return true;
  return maker !== null && onlyMakers.some((one) => one.toLowerCase() === maker.toLowerCase());
}
