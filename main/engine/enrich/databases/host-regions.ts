import type { CloudRegionList } from './cloud-region-list.ts';
import { placeOfRegion } from './cloud-regions.ts';
import type { PlaceFound } from './database.ts';

interface Words {
  readonly domain: string;
  /** Word in a name → place, the longest word first. */
  readonly places: readonly (readonly [word: string, place: PlaceFound])[];
}

/** Reads the region out of names of servers, by the operators' own rules for such names. */
export class HostRegions {
  readonly #byDomain: ReadonlyMap<string, Words>;

  constructor(list: CloudRegionList) {
    const byDomain = new Map<string, Words>();
    for (const operator of list.operators) {
      const places = operator.regions
        .flatMap((region) =>
          [region.id, ...(region.inNames ?? [])].map((word) => [word, placeOfRegion(operator, region)] as const),
        )
        .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
      for (const domain of operator.domains) byDomain.set(domain, { domain, places });
    }
    this.#byDomain = byDomain;
  }

  /**
   * The region that stands in a name, or null. It is looked for in the label nearest to the operator's own domain first, since
   * what stands further to the left may be chosen by a customer. `name` in lower case without a final dot.
   */
  of(name: string): PlaceFound | null {
    const labels = name.split('.');
    for (let start = 1; start < labels.length - 1; start += 1) {
      const words = this.#byDomain.get(labels.slice(start).join('.'));
      if (words) return regionIn(labels.slice(0, start).reverse(), words);
    }
    return null;
  }
}

function regionIn(labels: readonly string[], words: Words): PlaceFound | null {
  for (const label of labels) {
    for (const [word, place] of words.places) {
      const at = label.indexOf(word);
      if (at < 0) continue;
      const free = (character: string | undefined) => character === undefined || character === '-';
      if (free(label[at - 1]) && free(label[at + word.length])) return place;
    }
  }
  return null;
}
