/** The path of the folder of a case, in the manner of the machine that the engine runs on. */
export function casePath(folder: string, name: string): string {
  const mark = folder.includes('\\') ? '\\' : '/';
  const bare = name.trim().replace(/\.phonehome$/, '');
  return `${folder.replace(/[/\\]$/, '')}${mark}${bare}.phonehome`;
}

/** What is wrong with a name for a folder, or null. */
export function nameFault(name: string): string | null {
  const bare = name.trim();
  if (bare === '') return 'A case needs a name.';
  if (/[/\\:*?"<>|]/.test(bare) || [...bare].some((letter) => letter < ' ')) {
    return 'A name cannot hold / \\ : * ? " < > |.';
  }
  return bare.startsWith('.') || bare.endsWith('.') ? 'A name cannot begin or end with a dot.' : null;
}
