import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { SignOutcome } from '../../../shared/types/custody.ts';
import { type ListedFile, type Manifest, manifestBytes, sha256Of, signManifest } from '../custody/manifest.ts';
import { openSigningKey } from '../custody/signing-key.ts';
import { dropSigning, keepSigning, readSignings, signingFiles } from '../custody/signings.ts';
import type { Work } from '../engine-api.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { CaseFiles } from './case-files.ts';
import { checkCase } from './check-case.ts';
import { caseBegins, checkSignatures } from './check-signatures.ts';
import type { CaseParts } from './parts.ts';
import { withCase } from './write-session.ts';

/** The folder of the examiner's key. Throws Failure `unsupported` where the program was started without one. */
export function keyFolder(parts: { readonly keys?: string | undefined }): string {
  if (parts.keys === undefined) throw new Failure('unsupported', 'This program keeps no signing key.', null);
  return parts.keys;
}

async function listedFiles(files: CaseFiles, leaveOut: ReadonlySet<string>): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const path of (await files.list()).filter((one) => !leaveOut.has(one))) {
    const found = await files.hashOf(path);
    if (typeof found === 'string')
      throw new Failure('case-damaged', `The case cannot be signed: ${path} cannot be read (${found}).`, null);
    listed.push({ path, ...found });
  }
  return listed;
}

/**
 * Signs the case as it stands: checks all of it, lists every file with its hash in a manifest, signs that, and says so in the
 * custody log. Rejects with `no-key` or `wrong-passphrase` before the case is touched, and with `case-damaged` where a check fails:
 * what does not hold is not signed.
 */
export async function signCase(
  paths: CasePaths,
  parts: CaseParts,
  passphrase: string,
  work: Work,
): Promise<SignOutcome> {
  const { key, view } = await openSigningKey(keyFolder(parts), passphrase);
  return withCase(paths, parts.clock, async ({ custody }) => {
    const files = new CaseFiles(paths.root, work.signal);
    const check = await checkCase(paths, files, parts, work.progress);
    const earlier = await checkSignatures(paths, check, files, { keys: null, anchors: null });
    const [first, ...more] = [...check.faults, ...earlier.faults];
    if (first) {
      throw new Failure(
        'case-damaged',
        `The case is not signed, because ${more.length + 1} of its checks fail: ${first.what}${more.length > 0 ? ' and others' : ''}.`,
        'Run verify for every difference.',
      );
    }
    work.progress.now('Signing', null);
    const before = (await readSignings(paths.root)).signings.at(-1);
    const number = (before?.number ?? 0) + 1;
    // Parts of a signing that was cut off: this one would write over them after it had listed them.
    await dropSigning(paths.root, number);
    const own = new Set<string>(Object.values(signingFiles(number)));
    const listed = await listedFiles(files, own);
    const manifest: Manifest = {
      format: 'phonehome manifest',
      version: 1,
      number,
      previous: before?.sha256 ?? null,
      case: { name: paths.name, begins: caseBegins(check) },
      signedAt: isoOf(parts.clock.now()),
      signer: { name: view.name, key: view.fingerprint },
      program: `Phonehome ${parts.version}`,
      custody: { lines: custody.count, head: custody.head },
      files: listed,
    };
    const bytes = manifestBytes(manifest);
    const sha256 = sha256Of(bytes);
    await keepSigning(paths.root, number, {
      manifest: bytes,
      signature: signManifest(bytes, key),
      publicKey: view.publicKey,
    });
    const file = signingFiles(number).manifest;
    const line = {
      file,
      sha256,
      bytes: bytes.length,
      name: view.name,
      key: view.fingerprint,
      files: listed.length,
      lines: manifest.custody.lines,
    };
    await custody.append(isoOf(parts.clock.now()), 'case.signed', line).catch(async (error) => {
      // A signature that the log does not tell of would look as if it had come another way.
      await dropSigning(paths.root, number);
      throw error;
    });
    return {
      manifest: file,
      sha256,
      name: view.name,
      fingerprint: view.fingerprint,
      signedAt: manifest.signedAt,
      files: listed.length,
      bytes: listed.reduce((sum, one) => sum + one.bytes, 0),
      lines: manifest.custody.lines,
    };
  });
}
