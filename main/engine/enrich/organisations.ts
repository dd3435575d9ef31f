import { z } from 'zod';

/** The shape of `resources/lists/organisations.json`; its fields are explained in `resources/lists/LIST.md`. */
export const organisationList = z.strictObject({
  list: z.literal('organisations'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
  organisations: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      name: z.string().min(1),
      /** The group that it belongs to, where that has another name. */
      group: z.string().nullable(),
      /** The state whose law can command the group, two letters; null where it is not known. */
      state: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullable(),
      /** Why this state: where the group has its seat, who controls it. One phrase. */
      stateWhy: z.string().nullable(),
      /** Numbers of networks that it announces (RFC 6793). */
      networks: z.array(z.number().int().positive()),
      /**
       * These networks carry the organisation's own services and nobody else's. Of an address without a name there, it can be said that
       * the services of this organisation were reached; that is still not the owner of a host.
       */
      ownServicesOnly: z.literal(true).optional(),
      /** In lower case: each network's announced name holds one of these. This is how its numbers were chosen, and a test checks it. */
      announced: z.array(z.string().min(1)).optional(),
      sources: z.array(z.string()).min(1),
      date: z.iso.date(),
      confidence: z.enum(['high', 'medium', 'low']),
    }),
  ),
});
export type OrganisationList = z.infer<typeof organisationList>;
export type Organisation = OrganisationList['organisations'][number];

/** Organisations by their id and by the numbers of their networks. */
export class OrganisationBook {
  readonly #byId: ReadonlyMap<string, Organisation>;
  readonly #byNetwork: ReadonlyMap<number, Organisation>;

  constructor(list: OrganisationList) {
    this.#byId = new Map(list.organisations.map((one) => [one.id, one]));
    this.#byNetwork = new Map(list.organisations.flatMap((one) => one.networks.map((asn) => [asn, one])));
  }

  of(id: string): Organisation | null {
    return this.#byId.get(id) ?? null;
  }

  ofNetwork(asn: number): Organisation | null {
    return this.#byNetwork.get(asn) ?? null;
  }
}
