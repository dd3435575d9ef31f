import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { SealOutcome, UnsealOutcome } from '../../../shared/types/custody.ts';
import { sealFolder } from '../custody/seal.ts';
import { unsealFile } from '../custody/unseal.ts';
import type { Work } from '../engine-api.ts';
import type { Clock } from '../ports/clock.ts';
import { CASE_ENDING, type CasePaths, isWritable } from '../store/case-folder.ts';
import { outsidePlace } from './out-place.ts';
import { logOutput, withCase } from './write-session.ts';

async function outputPath(paths: CasePaths, out: string): Promise<string> {
  const wanted = resolve(out);
  const folder = await stat(wanted).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  return outsidePlace(paths, folder ? join(wanted, `${basename(paths.root)}.age`) : wanted);
}

/**
 * Seals the case, as it stands, into one file for the given recipients, and says so in its custody log afterwards. What comes out of the
 * file is the case before that line, byte for byte.
 */
export async function sealCase(
  paths: CasePaths,
  clock: Clock,
  choice: { readonly to: readonly string[]; readonly out: string },
  work: Work,
): Promise<SealOutcome> {
  const out = await outputPath(paths, choice.out);
  const { progress, signal } = work;
  const seal = () => sealFolder({ root: paths.root, out, to: choice.to, leaveOut: ['case.lock'], progress, signal });
  if (!(await isWritable(paths))) return seal();
  // Nobody may change it meanwhile; the line is written when the case is free again.
  const sealed = await withCase(paths, clock, seal);
  await logOutput(paths, clock, sealed.path, 'case.sealed', {
    outside: basename(sealed.path),
    sha256: sealed.sha256,
    bytes: sealed.bytes,
    files: sealed.files,
    to: sealed.to,
  });
  return sealed;
}

/** Opens a sealed case into a folder that ends in `.phonehome`; the ending is added where it is missing. */
export async function unsealCase(
  file: string,
  choice: { readonly identities: string; readonly out: string },
  work: Work,
): Promise<UnsealOutcome> {
  const wanted = resolve(choice.out);
  const out = wanted.endsWith(CASE_ENDING) ? wanted : `${wanted}${CASE_ENDING}`;
  if (dirname(out) === out) throw new Failure('wrong-use', `${choice.out} is no name for a case.`, null);
  const { progress, signal } = work;
  return unsealFile({ file: resolve(file), identities: resolve(choice.identities), out, progress, signal });
}
