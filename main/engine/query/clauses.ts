import type { EventFilter, FilterRole } from '../../../shared/types/event.ts';
import type { SqlValue } from '../ports/case-handle.ts';
import { ownerId, ownerName, ownerState, shownOrganisation, shownState } from './destination-columns.ts';

/** A filter as SQL over the tables of one kind of event. */
export interface Condition {
  /** `AND …` clauses over the aliases of these tables; empty where nothing narrows. */
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** True when no row of these tables can match (a filter on what they cannot know). */
  readonly nothing: boolean;
}

/** A text as a pattern of LIKE (with `ESCAPE '\\'`) that finds it anywhere. */
export const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** By whom a contact is meant where a filter names a state or an organisation, by its id or one of its names. */
type Role = FilterRole | 'either';
const operator = `ad.organisation, ad.organisation_name, ad.network_name, 'AS' || ad.asn`;
const owner = `${ownerId}, ${ownerName}`;
const stateOf: Readonly<Record<Role, string>> = {
  owner: ownerState,
  operator: 'ad.state',
  first: shownState,
  either: `ad.state, ${ownerState}`,
};
const organisationOf: Readonly<Record<Role, string>> = {
  owner,
  operator,
  first: shownOrganisation,
  either: `${operator}, ${owner}`,
};

/** Gathers the clauses of a filter with their values; what the filter does not ask for adds none. Aliases: a (app), n (network). */
export class Clauses {
  readonly #filter: EventFilter;
  readonly #clauses: string[] = [];
  readonly #params: SqlValue[] = [];

  constructor(filter: EventFilter) {
    this.#filter = filter;
  }

  /** One clause more; it must hold as many `?` as there are values. */
  add(sql: string, ...values: SqlValue[]): void {
    this.#clauses.push(sql);
    this.#params.push(...values);
  }

  /** Times: `after` and `before` are the comparisons that are left open for fromUs and toUs, such as `c.to_us >=`. */
  span(after: string, before: string): void {
    const { fromUs, toUs } = this.#filter;
    if (fromUs !== undefined) this.add(`${after} ?`, fromUs);
    if (toUs !== undefined) this.add(`${before} ?`, toUs);
  }

  /** The app behind a uid: by the uid, and by its name, one of its packages or the uid as a text. */
  app(uidColumn: string): void {
    const { uid, app } = this.#filter;
    if (uid !== undefined) this.add(`${uidColumn} = ?`, uid);
    if (app === undefined) return;
    this.add(`(${appIs} OR CAST(${uidColumn} AS TEXT) = ?)`, app, app, app);
  }

  /** The text anywhere in one of the columns. */
  text(columns: readonly string[]): void {
    if (!this.#filter.text) return;
    const pattern = like(this.#filter.text);
    this.add(
      `(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      ...columns.map(() => pattern),
    );
  }

  /** Which way bytes went, by the columns `sent` and `received` of a table. */
  direction(table: string): void {
    if (this.#filter.direction === 'sent') this.add(`${table}.sent > 0`);
    if (this.#filter.direction === 'received') this.add(`${table}.received > 0`);
  }

  /** The network by its key, name or type. */
  network(): void {
    const { network } = this.#filter;
    if (network !== undefined) this.add('(n.key = ? OR n.name = ? OR n.type = ?)', network, network, network);
  }

  /** Optional services, networks and services, as far as the app tells them. */
  belonging(): void {
    const { optionalOnly, service } = this.#filter;
    if (optionalOnly) this.add('a.service_optional = 1');
    this.network();
    if (service !== undefined) this.add('(a.service_id = ? OR a.service_name = ?)', service, service);
  }

  /** Where a contact leads: the aliases ad (address) and ho (host). The host's service goes before that of the app. */
  destination(): void {
    const { optionalOnly, service, country, state, organisation, whose } = this.#filter;
    if (optionalOnly) this.add('CASE WHEN ho.service IS NULL THEN a.service_optional ELSE ho.service_optional END = 1');
    if (service !== undefined) {
      const [id, name] = ['coalesce(ho.service, a.service_id)', 'coalesce(ho.service_name, a.service_name)'];
      this.add(`(${id} = ? OR ${name} = ?)`, service, service);
    }
    if (country !== undefined) this.add('ad.country = ?', country.toUpperCase());
    const role = whose ?? 'either';
    if (state !== undefined) this.add(`? IN (${stateOf[role]})`, state.toUpperCase());
    if (organisation !== undefined) this.add(`? IN (${organisationOf[role]})`, organisation);
  }

  /** What has come together; `nothing` where these tables know none of what the filter asks for. */
  condition(nothing: boolean): Condition {
    return { sql: this.#clauses.map((clause) => ` AND ${clause}`).join(''), params: this.#params, nothing };
  }
}

/** The app a by its name or one of its packages: two values. */
export const appIs = 'a.name = ? OR EXISTS (SELECT 1 FROM json_each(a.packages) WHERE value = ?)';
