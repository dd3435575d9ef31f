import { z } from 'zod';

/** The shape of `resources/manifest.json`: every data file that ships with the program, and where it comes from. */
export const resourceManifest = z.strictObject({
  version: z.literal(1),
  files: z.array(
    z.strictObject({
      /** Path below `resources/`, with `/`; below the package's folder where one is named. */
      file: z.string().regex(/^[\w][\w.-]*(\/[\w][\w.-]*)*$/),
      /** The npm package that the file ships in, and its version; absent for a file of our own. */
      package: z
        .string()
        .regex(/^(@[\w.-]+\/)?[\w.-]+@\d[\w.-]*$/)
        .optional(),
      /** SHA-256 of the file's bytes, lower-case hex. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      title: z.string().min(1),
      source: z.string().min(1),
      /** SPDX identifier, or a sentence where none fits. */
      licence: z.string().min(1),
      /** The words that the licence asks for where results are shown; absent where it asks for none. */
      attribution: z.string().min(1).optional(),
      /** Date of the data. */
      date: z.iso.date(),
    }),
  ),
});
export type ResourceManifest = z.infer<typeof resourceManifest>;
