import type { VerifyOutcome } from '../../../shared/types/outcome.ts';
import { readCertificates } from '../custody/certificates.ts';
import { readPublicKey } from '../custody/signings.ts';
import type { VerifyTrust, Work } from '../engine-api.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { CaseFiles } from './case-files.ts';
import { checkCase } from './check-case.ts';
import { checkSignatures, type Trust } from './check-signatures.ts';
import type { CaseParts } from './parts.ts';

/** Reads the files that an examiner named. Rejects with a Failure that names the file. */
async function trustOf(files: VerifyTrust): Promise<Trust> {
  return {
    keys: files.keys?.length ? await Promise.all(files.keys.map(readPublicKey)) : null,
    anchors: files.authorities?.length ? (await Promise.all(files.authorities.map(readCertificates))).flat() : null,
  };
}

/**
 * Checks a case without changing it: evidence, custody log, reports, case file, signatures and time stamps. Works on a read-only
 * copy. Rejects only where there is no log to check against, for a file of `trust` that cannot be read, and with `cancelled`.
 */
export async function verifyCase(
  paths: CasePaths,
  parts: CaseParts,
  work: Work,
  trust: VerifyTrust = {},
): Promise<VerifyOutcome> {
  const trusted = await trustOf(trust);
  const files = new CaseFiles(paths.root, work.signal);
  const check = await checkCase(paths, files, parts, work.progress);
  const signed = await checkSignatures(paths, check, files, trusted);
  const failures = [...check.faults, ...signed.faults];
  return {
    ok: failures.length === 0,
    checked: check.checked + signed.checked,
    failures,
    signature: signed.signature,
    notes: [...check.notes, ...signed.notes],
  };
}
