import { z } from 'zod';

const prefix = z.string().regex(/^[0-9a-f:.]+\/\d{1,3}$/);

/** The shape of `resources/lists/cloud-regions.json`; its fields are explained in `resources/lists/LIST.md`. */
export const cloudRegionList = z.strictObject({
  list: z.literal('cloud-regions'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
  operators: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      name: z.string().min(1),
      /** Names under which the operator's servers carry their region. */
      domains: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)),
      /** Day of the data on which the ranges rest; null where the list has no ranges of this operator. */
      rangesDate: z.iso.date().nullable(),
      sources: z.array(z.string()).min(1),
      regions: z.array(
        z.strictObject({
          /** As the operator calls it: `ap-south-1`. */
          id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
          country: z.string().regex(/^[A-Z]{2}$/),
          /** City or area, as the operator names it. */
          place: z.string().min(1),
          /** Other words for it in names of servers. */
          inNames: z.array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)).optional(),
          ranges: z.array(prefix).optional(),
          /** Where these ranges are of another day than the operator's others. */
          rangesDate: z.iso.date().optional(),
        }),
      ),
      /** Parts of regions that lie elsewhere, by the beginning of their name: `us-west-2-lax`. */
      zones: z
        .array(z.strictObject({ id: z.string(), country: z.string().regex(/^[A-Z]{2}$/), place: z.string().min(1) }))
        .optional(),
    }),
  ),
});
export type CloudRegionList = z.infer<typeof cloudRegionList>;
export type CloudOperator = CloudRegionList['operators'][number];
export type CloudRegion = CloudOperator['regions'][number];
