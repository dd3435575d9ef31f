import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { CasePaths } from '../store/case-folder.ts';

interface Place {
  readonly path: string;
  /** Whether it is a free name in the case's `reports/`. */
  readonly inside: boolean;
}

/** Where a path really leads: with all links of its folder followed. Null: there is no such folder, and whoever writes there says so. */
async function realPlace(
  paths: CasePaths,
  wanted: string,
): Promise<{ path: string; folder: string; root: string } | null> {
  const folder = await realpath(dirname(wanted)).catch(() => null);
  return folder === null ? null : { path: join(folder, basename(wanted)), folder, root: await realpath(paths.root) };
}

const within = (root: string, path: string) => path === root || path.startsWith(root + sep);

/**
 * The absolute path for a report. Rejects with `wrong-use` where it would harm the case: in its folder only a free name in `reports/`
 * may be written, so that neither evidence, log nor an earlier report is written over.
 */
export async function outPlace(paths: CasePaths, out: string): Promise<Place> {
  const wanted = resolve(out);
  const real = await realPlace(paths, wanted);
  if (real === null || !within(real.root, real.path)) return { path: wanted, inside: false };
  if (real.folder !== join(real.root, basename(paths.reports)) || basename(wanted).startsWith('.')) {
    throw new Failure(
      'wrong-use',
      `${wanted} lies inside the case.`,
      'Write into its reports folder, or outside of it.',
    );
  }
  const taken = await lstat(real.path).then(
    () => true,
    () => false,
  );
  if (taken) {
    throw new Failure(
      'wrong-use',
      `${wanted} is there already, in the case.`,
      'Choose another name; none is written over.',
    );
  }
  return { path: wanted, inside: true };
}

/** The absolute path for what is handed on and is no part of the case. Rejects with `wrong-use` for one inside of it. */
export async function outsidePlace(paths: CasePaths, out: string): Promise<string> {
  const wanted = resolve(out);
  const real = await realPlace(paths, wanted);
  if (real !== null && within(real.root, real.path))
    throw new Failure('wrong-use', `${wanted} is inside the case.`, 'Choose a place outside of it.');
  return wanted;
}
