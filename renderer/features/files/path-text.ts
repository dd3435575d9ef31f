/** The mark between folders in the manner of the machine that the path is of. */
const markOf = (path: string) => (path.includes('\\') && !path.startsWith('/') ? '\\' : '/');

/** The folder of a path and the name in it; a path without a folder is a name. */
export function cutPath(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf(markOf(path));
  if (at < 0) return { folder: '', name: path };
  const folder = path.slice(0, at);
  // The topmost folder keeps its mark: without it, it would be another place.
  return {
    folder: folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, at + 1) : folder,
    name: path.slice(at + 1),
  };
}

/** A name in a folder. */
export function joinPath(folder: string, name: string): string {
  if (folder === '') return name;
  const mark = markOf(folder);
  return folder.endsWith(mark) ? `${folder}${name}` : `${folder}${mark}${name}`;
}
