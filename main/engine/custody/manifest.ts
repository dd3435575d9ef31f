import { createHash, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Whether a path stays below the case: a manifest from elsewhere must not send the check to other files. */
const staysInside = (path: string) =>
  !path.includes('\0') && path.split(/[/\\]/).every((part) => part !== '' && part !== '.' && part !== '..');

/** One file of a case: path below the case with `/`, bytes, SHA-256. */
const listedFile = z.object({
  path: z.string().min(1).refine(staysInside),
  bytes: z.number().int().min(0),
  sha256: hash,
});
export type ListedFile = z.infer<typeof listedFile>;

/**
 * What is signed. It stands for the whole case at one moment: the custody log by its length and the hash of its last line,
 * every other file by its own hash. The case file is left out, since it is derived from these.
 */
const manifest = z.object({
  format: z.literal('phonehome manifest'),
  version: z.literal(1),
  /** 1 for the first signing of the case. */
  number: z.number().int().min(1),
  /** SHA-256 of the manifest before; null for the first. */
  previous: hash.nullable(),
  /** The case by its name, and by the SHA-256 of the first line of its custody log, which no other case has. */
  case: z.object({ name: z.string(), begins: hash }),
  /** Host time of signing, ISO 8601 UTC, and what the signer calls themselves. */
  signedAt: z.string(),
  signer: z.object({ name: z.string(), key: hash }),
  program: z.string(),
  custody: z.object({ lines: z.number().int().min(1), head: hash }),
  files: z.array(listedFile),
});
export type Manifest = z.infer<typeof manifest>;

/** The manifest's bytes: JSON with one line a file, so that a person can read it and a hash can be found in it. */
export function manifestBytes(value: Manifest): Uint8Array {
  const { files, ...head } = value;
  const lines = Object.entries(head).map(([key, part]) => `  ${JSON.stringify(key)}: ${JSON.stringify(part)},`);
  // Always in this order, so that `sed` finds path and hash too.
  const rows = files.map(({ path, bytes, sha256 }) => `    ${JSON.stringify({ path, bytes, sha256 })}`).join(',\n');
  return Buffer.from(`{\n${lines.join('\n')}\n  "files": [\n${rows}\n  ]\n}\n`, 'utf8');
}

/** Reads a manifest; null for what is none. */
export function readManifest(bytes: Uint8Array): Manifest | null {
  try {
    return manifest.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

/** SHA-256, lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The Ed25519 signature (RFC 8032) over the manifest's bytes: 64 bytes, as `openssl pkeyutl -rawin` takes them. */
export function signManifest(bytes: Uint8Array, key: KeyObject): Uint8Array {
  return sign(null, bytes, key);
}
