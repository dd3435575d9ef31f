import { createHash } from 'node:crypto';
import type { ServiceView } from '../../../shared/types/explanation.ts';
import type { StatementSource } from '../model/enricher.ts';
import type { EndpointEntry, PackageEntry, ServiceEntry, ServiceList } from './service-list.ts';
import type { ServiceSign } from './service-signs.ts';

interface ListFile {
  readonly file: string;
  readonly sha256: string;
  readonly date: string;
}

/** The catalogue of services by their ids. */
export class ServiceBook {
  readonly #list: ServiceList;
  readonly #byId: ReadonlyMap<string, ServiceEntry>;
  readonly #titles: ReadonlyMap<string, ServiceList['sources'][number]>;
  readonly #views = new Map<string, ServiceView>();
  readonly #packages: ReadonlyMap<string, PackageEntry[]>;
  readonly #endpoints: ReadonlyMap<string, EndpointEntry[]>;
  /** The catalogue as the source of statements. Its hash is that of what `sha256sum` prints for its files, by name. */
  readonly source: StatementSource;

  constructor(list: ServiceList, files: readonly ListFile[] = []) {
    this.#list = list;
    this.#byId = new Map(list.services.map((one) => [one.id, one]));
    this.#titles = new Map(list.sources.map((one) => [one.id, one]));
    this.#packages = Map.groupBy(list.packages, (row) => row.service);
    this.#endpoints = Map.groupBy(list.endpoints, (row) => row.service);
    const sums = files
      .map(({ file, sha256 }) => `${sha256}  ${file}\n`)
      .sort((a, b) => (a.slice(64) < b.slice(64) ? -1 : 1))
      .join('');
    const sha256 = createHash('sha256').update(sums).digest('hex');
    this.source = {
      key: `services ${list.date} ${sha256.slice(0, 8)}`,
      title: list.title,
      date: list.date,
      sha256,
      licence: 'Apache-2.0',
      attribution: null,
      shipped: true,
    };
  }

  /** Ids of all services, in the order of the lists. */
  ids(): readonly string[] {
    return this.#list.services.map((one) => one.id);
  }

  /** What is shown of a service; null for an id that the catalogue does not have. */
  of(id: string): ServiceView | null {
    const known = this.#views.get(id);
    if (known) return known;
    const entry = this.#byId.get(id);
    if (!entry) return null;
    const view: ServiceView = {
      id: entry.id,
      name: entry.name,
      vendor: entry.vendor,
      purpose: entry.purpose,
      data: [...entry.data],
      optional: entry.optional === null ? null : entry.optional === 'yes',
      optionalBasis: entry.optionalBasis,
      switchOff: entry.switchOff,
      sources: this.sourcesOf(entry.sources),
      published: entry.published.map(({ date, by, says }) => ({ date, by, says })),
      announced: entry.announced.map(({ date, by, plan, due }) => ({ date, by, plan, due })),
    };
    this.#views.set(id, view);
    return view;
  }

  /** The entry with all that the view leaves out: its date, confidence and signs. */
  entryOf(id: string): ServiceEntry | null {
    return this.#byId.get(id) ?? null;
  }

  /** Hosts of a service. */
  endpointsOf(id: string): readonly EndpointEntry[] {
    return this.#endpoints.get(id) ?? [];
  }

  /** Packages of a service; a package stands twice where sources disagree about it. */
  packagesOf(id: string): readonly PackageEntry[] {
    return this.#packages.get(id) ?? [];
  }

  /** States of the phone that tell whether the service is on. */
  signsOf(id: string): readonly ServiceSign[] {
    return this.#byId.get(id)?.signs ?? [];
  }

  /** Titles, addresses and dates of sources by their ids. */
  sourcesOf(ids: readonly string[]): ServiceView['sources'] {
    return ids.map((id) => {
      const { title, url, date } = this.#titles.get(id) ?? { title: id, url: null, date: null };
      return { title, url, date };
    });
  }
}
