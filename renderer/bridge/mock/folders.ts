import { Failure } from '../../../shared/base/failure.ts';
import type { FolderView } from '../../../shared/types/case.ts';

/** The home of a laboratory that is made up. */
export const home = '/srv/lab';

/** What lies in a folder of it; null is the folder of cases. */
export function folders(path: string | null): FolderView {
  const at = path ?? `${home}/Cases`;
  if (at.includes('forbidden')) {
    throw new Failure('no-permission', `The folder ${at} may not be read by this user.`, 'Choose another folder.');
  }
  const entry = (name: string, kind: 'folder' | 'case' | 'file', bytes: number | null = null) => ({
    name,
    path: `${at}/${name}`,
    kind,
    bytes,
  });
  return {
    path: at,
    parent: at === '/' ? null : at.slice(0, at.lastIndexOf('/')) || '/',
    entries: [
      entry('2025', 'folder'),
      entry('Exports', 'folder'),
      entry('forbidden', 'folder'),
      entry('Redmi Note 7.phonehome', 'case'),
      entry('Галакси A52.phonehome', 'case'),
      entry('bugreport-lavender-2026-11-19.zip', 'file', 9_200_311),
      entry('netstats.txt', 'file', 4_812_330),
    ],
  };
}
