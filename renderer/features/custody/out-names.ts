import { cutPath, joinPath } from '../files/path-text.ts';

/** A place beside the case folder, which may not hold what is handed out: `/srv/Redmi.phonehome` and `.tsq` give `/srv/Redmi.tsq`. */
export function besideCase(path: string, ending: string): string {
  const { folder, name } = cutPath(path);
  return joinPath(folder, `${name.replace(/\.phonehome$/, '')}${ending}`);
}
