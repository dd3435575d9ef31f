import { access, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { CasePaths } from '../store/case-folder.ts';

/**
 * The absolute path for a file that is handed out. Rejects with `wrong-use` where it would harm the case: in its folder
 * only a free name in `reports/` may be written, so that neither evidence, log nor an earlier report is written over.
 */
export async function outPlace(paths: CasePaths, out: string): Promise<string> {
  const wanted = resolve(out);
  const real = await realpath(dirname(wanted)).catch(() => null);
  // Whoever writes there says that there is no such folder.
  if (real === null) return wanted;
  const path = join(real, basename(wanted));
  const root = await realpath(paths.root);
  if (path !== root && !path.startsWith(root + sep)) return wanted;
  if (real !== join(root, basename(paths.reports))) {
    throw new Failure(
      'wrong-use',
      `${wanted} lies inside the case.`,
      'Write into its reports folder, or outside of it.',
    );
  }
  const taken = await access(path).then(
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
  return wanted;
}
