import { z } from 'zod';
import type { LawView } from '../../../shared/types/explanation.ts';

const code = z.string().regex(/^[A-Z]{2}$/);

/** The shape of `resources/lists/laws.json`; its fields are explained in `resources/lists/LIST.md`. */
export const lawList = z.strictObject({
  list: z.literal('laws'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  /** Names of the countries and unions that have acts here. */
  countries: z.record(code, z.string().min(1)),
  /** Acts of a union hold in its members too. */
  unions: z.array(z.strictObject({ country: code, members: z.array(code).min(1) })),
  acts: z.array(
    z.strictObject({
      country: code,
      /** Name of the act. */
      title: z.string().min(1),
      citation: z.string().min(1),
      /** Day on which it came into force. */
      date: z.iso.date().nullable(),
      obligation: z.string().min(1),
      reach: z.string().min(1),
      url: z.url().nullable(),
      /** Members of a union in which this act of the union does not hold. */
      notIn: z.array(code).min(1).optional(),
      /** How far this row was checked, in words. */
      checked: z.string().min(1),
    }),
  ),
});
export type LawList = z.infer<typeof lawList>;
type Act = LawList['acts'][number];

/** What the schema cannot say: names and acts belong together, no act stands twice. One sentence a fault; empty when sound. */
export function faultsOfLaws(list: LawList): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const withActs = new Set(list.acts.map((act) => act.country));
  for (const country of Object.keys(list.countries)) {
    if (!withActs.has(country)) faults.push(`laws.json names ${country}, which has no act.`);
  }
  for (const union of list.unions) {
    if (!withActs.has(union.country)) faults.push(`laws.json names the union ${union.country}, which has no act.`);
  }
  for (const act of list.acts) {
    if (!list.countries[act.country]) faults.push(`laws.json has no name for ${act.country}.`);
    const key = `${act.country} ${act.title}`;
    if (seen.has(key)) faults.push(`laws.json has the act ${act.title} of ${act.country} twice.`);
    seen.add(key);
  }
  return faults;
}

/** Acts by country, in the order of the list. */
export class LawBook {
  readonly #acts: ReadonlyMap<string, readonly Act[]>;
  readonly #names: LawList['countries'];
  readonly #unions: LawList['unions'];

  constructor(list: LawList) {
    this.#acts = Map.groupBy(list.acts, (act) => act.country);
    this.#names = list.countries;
    this.#unions = list.unions;
  }

  /** The acts of a country (two letters), then those of the unions it belongs to; empty where none is listed. */
  of(country: string): readonly Act[] {
    const unions = this.#unions.filter((one) => one.members.includes(country)).map((one) => one.country);
    return [country, ...unions]
      .flatMap((one) => this.#acts.get(one) ?? [])
      .filter((act) => !act.notIn?.includes(country));
  }

  /** The name of a country that has acts in the list, else its two letters. */
  nameOf(country: string): string {
    return this.#names[country] ?? country;
  }
}

/** Where servers stand, and the states that can command whoever runs their networks and whoever owns the hosts; two letters each. */
export interface LawSubjects {
  readonly places: readonly string[];
  readonly operatorStates: readonly string[];
  readonly ownerStates: readonly string[];
}

/**
 * The acts that reach a destination: those of its places first, then of the operator's state, then of the owner's. An act stands once,
 * with the first of these reasons. Information, and no advice: whether an act reaches a transmission is for a lawyer to say.
 */
export function lawsFor(book: LawBook, subjects: LawSubjects): LawView[] {
  const views = new Map<Act, LawView>();
  const add = (because: LawView['because'], countries: readonly string[]) => {
    for (const act of countries.flatMap((country) => book.of(country))) {
      if (views.has(act)) continue;
      const { country, citation, date, obligation, reach, checked } = act;
      const countryName = book.nameOf(country);
      const named = { act: act.title, source: act.url };
      views.set(act, { because, country, countryName, ...named, citation, date, obligation, reach, checked });
    }
  };
  add('place', subjects.places);
  add('operator', subjects.operatorStates);
  add('owner', subjects.ownerStates);
  return [...views.values()];
}
