import type { CustodyLine } from '../store/custody-log.ts';
import { namedFiles } from '../store/named-files.ts';
import type { CaseFiles, Found, FoundKind } from './case-files.ts';
import type { Fault } from './fault.ts';

const kinds: Readonly<Record<FoundKind, string>> = {
  file: 'a file',
  link: 'a link to another place',
  folder: 'an empty folder',
  special: 'a device or another special file',
  'unreadable folder': 'a folder that may not be read',
};

const ownFolders = new Set(['evidence', 'reports', 'findings', 'signatures']);

/** The files that the log tells of, by their paths below the case. */
function logged(lines: readonly CustodyLine[]): Set<string> {
  const paths = new Set(['custody.jsonl']);
  for (const line of lines) {
    if (line.action === 'evidence.kept') paths.add(`evidence/${String(line.sha256)}`);
  }
  for (const { path } of namedFiles(lines)) paths.add(path);
  return paths;
}

function faultOf({ path, kind }: Found, known: ReadonlySet<string>): Fault | null {
  if (kind === 'folder') {
    return ownFolders.has(path) ? null : { what: path, expected: 'nothing of that name', found: kinds.folder };
  }
  const belongs = known.has(path) || path.startsWith('signatures/');
  if (kind === 'file') {
    if (belongs) return null;
    const inside = ['evidence/', 'reports/', 'findings/'].some((folder) => path.startsWith(folder));
    return inside
      ? { what: path, expected: 'a line in custody.jsonl', found: 'none' }
      : { what: path, expected: 'nothing of that name', found: 'a file that does not belong to the case' };
  }
  const expected =
    kind === 'unreadable folder' || ownFolders.has(path)
      ? 'a folder of the case'
      : belongs
        ? 'an ordinary file'
        : 'nothing of that name';
  return { what: path === '' ? 'the folder of the case' : path, expected, found: kinds[kind] };
}

/**
 * Compares what lies in the folder of a case with what its log tells of: names that no line tells of, links and devices in the place of
 * files, folders that cannot be looked into. What a program that was cut off or a system left is named in `notes`, and is no fault. What
 * lies in `signatures/` is told apart by the check of signatures. `add` is called with each fault and its path.
 */
export async function checkFolder(
  files: CaseFiles,
  lines: readonly CustodyLine[],
  notes: string[],
  add: (path: string, fault: Fault) => void,
): Promise<void> {
  const known = logged(lines);
  const left: Record<'unfinished' | 'system', string[]> = { unfinished: [], system: [] };
  for (const found of await files.all()) {
    if (found.role === 'unfinished' || found.role === 'system') left[found.role].push(found.path);
    else if (found.role === 'derived') {
      if (found.kind !== 'file')
        add(found.path, { what: found.path, expected: 'an ordinary file', found: kinds[found.kind] });
    } else {
      const fault = faultOf(found, known);
      if (fault) add(found.path, fault);
    }
  }
  if (left.unfinished.length > 0)
    notes.push(
      `Not finished, and no part of the case: ${named(left.unfinished)}. The program is writing it, or ended while it was; opening the case where it can be written deals with what was acquired.`,
    );
  if (left.system.length > 0)
    notes.push(`Left by an operating system, and no part of the case: ${named(left.system)}.`);
}

const MOST_NAMED = 10;

function named(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMED;
  return `${paths.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
