import type { AddressEnricher, Enricher, HostEnricher } from '../model/enricher.ts';
import type { Lists } from './lists.ts';

/** What is known of the phone whose apps are labelled. Unknown is null. */
export interface PhoneFacts {
  /** `ro.product.manufacturer` as said. */
  readonly maker: string | null;
}

/** Makes an enricher from the program's lists; an enricher itself reads no file. */
export type EnricherFactory = (lists: Pick<Lists, 'services' | 'files'>, phone: PhoneFacts) => Enricher;
export type AddressEnricherFactory = (lists: Lists) => AddressEnricher;
export type HostEnricherFactory = (lists: Lists) => HostEnricher;
