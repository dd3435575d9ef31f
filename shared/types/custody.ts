import { z } from 'zod';

/** One line of the custody log, with a sentence for a reader. `details` is the line as it stands, JSON. */
export const custodyLineView = z.object({
  seq: z.number().int(),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  batch: z.number().int().nullable(),
  sentence: z.string(),
  details: z.string(),
  /** SHA-256 of the line, by which the next one names it. */
  hash: z.string(),
});
export type CustodyLineView = z.infer<typeof custodyLineView>;

/** The examiner's signing key, without its private half. `fingerprint` is the SHA-256 of the public key (SPKI, DER). */
export const signingKeyView = z.object({
  name: z.string(),
  fingerprint: z.string(),
  createdAt: z.string(),
  /** PEM. */
  publicKey: z.string(),
  /** Where the private half lies, encrypted. */
  path: z.string(),
});
export type SigningKeyView = z.infer<typeof signingKeyView>;

/** A time-stamp token (RFC 3161) as it was read. Times are ISO 8601 UTC. */
export const stampView = z.object({
  /** Path inside the case, with `/`. */
  file: z.string(),
  time: z.string(),
  /** What the authority says of its error, seconds; null where it says nothing. */
  accuracyS: z.number().nullable(),
  /** Subject of the certificate that signed. */
  authority: z.string(),
  serial: z.string(),
  policy: z.string(),
  /** Whether the certificate was followed up to one that the examiner named. */
  issuer: z.enum(['trusted', 'not checked', 'not found']),
});
export type StampView = z.infer<typeof stampView>;

/** What a check found of the last signing of a case. */
export const signatureView = z.object({
  /** `stale`: valid for what it covers, and files or findings came later. `other key`: valid, but not by the key that was asked for. */
  state: z.enum(['absent', 'valid', 'stale', 'other key', 'invalid']),
  /** All of it in plain words. */
  said: z.string(),
  /** Path inside the case; null where nothing was signed. */
  manifest: z.string().nullable(),
  sha256: z.string().nullable(),
  name: z.string().nullable(),
  fingerprint: z.string().nullable(),
  signedAt: z.string().nullable(),
  /** Lines of the custody log and files that it covers. */
  lines: z.number().int().nullable(),
  files: z.number().int().nullable(),
  /** Files, and lines about findings, that came later. */
  later: z.number().int(),
  stamps: z.array(stampView),
});
export type SignatureView = z.infer<typeof signatureView>;

/** What a signing wrote. `files` and `bytes` are those of the case, `lines` of its custody log. */
export const signOutcome = z.object({
  manifest: z.string(),
  sha256: z.string(),
  name: z.string(),
  fingerprint: z.string(),
  signedAt: z.string(),
  files: z.number().int(),
  bytes: z.number().int(),
  lines: z.number().int(),
});
export type SignOutcome = z.infer<typeof signOutcome>;

/** A request for a time stamp, written to `path`. */
export const stampRequestOutcome = z.object({
  path: z.string(),
  manifest: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
});
export type StampRequestOutcome = z.infer<typeof stampRequestOutcome>;

/** A token that was checked and kept. `manifest` is what it stamps. */
export const stampOutcome = z.object({ manifest: z.string(), sha256: z.string(), stamp: stampView });
export type StampOutcome = z.infer<typeof stampOutcome>;

/** A sealed case. `to` are the recipients; `files` counts those inside. */
export const sealOutcome = z.object({
  path: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  files: z.number().int(),
  to: z.array(z.string()),
});
export type SealOutcome = z.infer<typeof sealOutcome>;

/** A case taken out of a sealed file. */
export const unsealOutcome = z.object({ path: z.string(), files: z.number().int(), bytes: z.number().int() });
export type UnsealOutcome = z.infer<typeof unsealOutcome>;
