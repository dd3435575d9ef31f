import type { CustodyLine } from './custody-reading.ts';

/** A file of the case that a line of the log names with its hash, other than evidence and signatures. */
export interface NamedFile {
  /** Below the case, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly folder: 'reports' | 'findings';
  readonly seq: number;
}

/** Reports and pictures of findings, as the log names them, in its order. */
export function namedFiles(lines: readonly CustodyLine[]): NamedFile[] {
  return lines.flatMap((line): NamedFile[] => {
    const { seq } = line;
    if (line.action === 'report.written' && typeof line.file === 'string')
      return [{ path: line.file, sha256: String(line.sha256), folder: 'reports', seq }];
    if (line.action !== 'finding.made') return [];
    const picture = line.picture as { readonly file?: unknown; readonly sha256?: unknown } | null | undefined;
    if (typeof picture?.file !== 'string') return [];
    return [{ path: picture.file, sha256: String(picture.sha256), folder: 'findings', seq }];
  });
}

/** Whether a path is a plain name in its folder: a log from elsewhere must not lead out of the case. */
export function isInFolder({ path, folder }: Pick<NamedFile, 'path' | 'folder'>): boolean {
  const name = path.slice(folder.length + 1);
  return path === `${folder}/${name}` && /^[^/\\\0]+$/.test(name) && !/^\.{1,2}$/.test(name);
}
