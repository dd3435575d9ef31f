import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { StampOutcome, StampRequestOutcome } from '../../../shared/types/custody.ts';
import { readCertificates } from '../custody/certificates.ts';
import { checkStamp, imprintOf } from '../custody/check-stamp.ts';
import { sha256Of } from '../custody/manifest.ts';
import { keepStamp, readSignings, type Signing } from '../custody/signings.ts';
import { stampRequest } from '../custody/stamp-token.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { outsidePlace } from './out-place.ts';
import type { CaseParts } from './parts.ts';
import { logOutput, withCustody } from './write-session.ts';

const LARGEST_TOKEN = 1 << 20;

async function signed(paths: CasePaths): Promise<readonly Signing[]> {
  const { signings } = await readSignings(paths.root);
  if (signings.length > 0) return signings;
  throw new Failure(
    'not-found',
    `The case ${paths.name} is not signed yet.`,
    'A time stamp is for a signature: sign the case first.',
  );
}

/** Writes a request for a time stamp over the last manifest, to be carried to an authority. Rejects with `not-found` for an unsigned case. */
export async function requestStamp(paths: CasePaths, parts: CaseParts, out: string): Promise<StampRequestOutcome> {
  const last = (await signed(paths)).at(-1)!;
  const path = await outsidePlace(paths, out);
  const request = stampRequest(last.sha256);
  await writeFile(path, request).catch((error: { code?: string }) => {
    if (error.code === 'ENOSPC') throw new Failure('disk-full', `The disk is full: ${path} could not be written.`);
    if (error.code === 'ENOENT') throw new Failure('not-found', `The folder of ${path} does not exist.`, null);
    throw new Failure('no-permission', `${path} cannot be written.`, 'Choose another place.');
  });
  await logOutput(paths, parts.clock, path, 'stamp.requested', {
    manifest: last.path,
    outside: basename(path),
    sha256: sha256Of(request),
    bytes: request.length,
  });
  return { path, manifest: last.path, sha256: last.sha256, bytes: request.length };
}

async function tokenBytes(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > LARGEST_TOKEN)
      throw new Failure('broken-file', `${path} is too large for a time stamp.`, null);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new Failure('not-found', `There is no file ${path}.`, null);
    throw new Failure('no-permission', `${path} cannot be read.`, null);
  }
}

/**
 * Takes a token that an authority gave, checks it against the manifest that it stamps, and keeps it as received. Rejects with
 * `broken-file` and every reason for one that does not hold; nothing is kept then.
 */
export async function takeStamp(
  paths: CasePaths,
  parts: CaseParts,
  file: string,
  authorities: readonly string[],
): Promise<StampOutcome> {
  const anchors = authorities.length > 0 ? (await Promise.all(authorities.map(readCertificates))).flat() : null;
  const signings = await signed(paths);
  const bytes = await tokenBytes(file);
  const imprint = imprintOf(bytes);
  const meant = signings.findLast(
    (one) => imprint !== null && createHash(imprint.hash).update(one.bytes).digest('hex') === imprint.imprint,
  );
  const signing = meant ?? signings.at(-1)!;
  const { view, faults } = checkStamp(bytes, signing.bytes, file, anchors);
  if (!view || faults.length > 0) {
    throw new Failure('broken-file', `${file} is not kept: ${faults.join('; ')}.`, 'Nothing was changed in the case.');
  }
  const path = await withCustody(paths, parts.clock, async (append) => {
    // Another may have been kept since the signatures were read.
    const now = (await signed(paths)).find((one) => one.number === signing.number) ?? signing;
    const kept = await keepStamp(paths.root, now, bytes);
    const line = { file: kept, sha256: sha256Of(bytes), bytes: bytes.length, manifest: signing.path };
    await append('stamp.kept', { ...line, time: view.time, authority: view.authority }).catch(async (error) => {
      await rm(join(paths.root, kept), { force: true });
      throw error;
    });
    return kept;
  });
  return { manifest: signing.path, sha256: signing.sha256, stamp: { ...view, file: path } };
}
