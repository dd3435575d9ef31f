import { isoOf } from '../../../../../shared/base/time.ts';
import type { PhoneChoice } from '../../../ports/device-bridge.ts';
import { type Asking, askPhone } from './ask-phone.ts';
import { phoneQuote } from './phone-quote.ts';

/** A file on the phone, by what it says of it. Null: it did not say. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number | null;
  /** ISO 8601 UTC, by the phone's clock. */
  readonly modified: string | null;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** There were more than were taken, or the list broke off. */
  readonly cut: boolean;
  /** The phone would not show the folder. */
  readonly closed: boolean;
}

/** Asks as whom: as adb's own user, or as root by these words. */
export interface AskingFiles extends Asking {
  readonly choice: PhoneChoice;
  readonly asUser: (command: string) => string;
  /** SDK number, or null where it is not known. */
  readonly sdk: number | null;
}

/** Android 5 has no `find` and no `stat`. Source: shell_and_utilities/README.md of AOSP. */
const firstWithFind = 23;
const mostFiles = 2000;
/** One command line holds so many letters of paths. */
const lineLetters = 8000;
const listMs = 60_000;
/** The year 2286: a later time is none that a file has. */
const latestUs = 1e16;

/** Whether the phone can name all files below a folder, and their sizes. */
export const hasFind = ({ sdk }: AskingFiles) => sdk === null || sdk >= firstWithFind;

/** Lists the files of one folder: all below it, or those in it whose names fit. A folder that is not there has none. */
export async function listFolder(at: AskingFiles, folder: string, name: string | null): Promise<Listing> {
  if (!hasFind(at)) return listPlainly(at, folder);
  const only = name === null ? '' : ' -maxdepth 1';
  const named = name === null ? '' : ` -name ${phoneQuote(name)}`;
  const command = `find ${phoneQuote(folder)}${only} -type f${named} -print0`;
  const said = await askPhone(at, at.asUser(command), { allow: [at.choice], timeoutMs: listMs });
  const pieces = said.text.split('\0');
  // What stands behind the last NUL is no whole path.
  pieces.pop();
  const files = pieces
    .slice(0, mostFiles)
    .map((path) => ({ path: path.replaceAll(/\/{2,}/g, '/'), bytes: null, modified: null }));
  const cut = said.cut || said.ending !== 'exit' || pieces.length > mostFiles;
  return { files, cut, closed: /denied|not permitted/i.test(said.stderr) };
}

/** `ls -l` of Android 5 (owner, group, size, time, name) and 6 (with a number of links before them), in UTC. */
const listedLine = /^-[rwxsStT-]{9}\s+(?:\d+\s+)?\S+\s+\S+\s+(\d{1,15})\s+(\d{4}-\d\d-\d\d) (\d\d:\d\d)\s(.+)$/;

async function listPlainly(at: AskingFiles, folder: string): Promise<Listing> {
  const command = `TZ=UTC ls -l ${phoneQuote(folder)}`;
  const said = await askPhone(at, at.asUser(command), { allow: [at.choice], timeoutMs: listMs });
  const lines = said.text.split('\n').map((line) => listedLine.exec(line.replace(/\r$/, '')));
  const files = lines.flatMap((line): ListedFile[] => {
    if (!line) return [];
    const [, bytes, day, time, name] = line;
    const path = name!.startsWith('/') ? name! : `${folder.replace(/\/$/, '')}/${name}`;
    return [{ path, bytes: Number(bytes), modified: `${day}T${time}:00.000000Z` }];
  });
  const cut = said.cut || said.ending !== 'exit' || files.length > mostFiles;
  return { files: files.slice(0, mostFiles), cut, closed: /denied|not permitted/i.test(`${said.stderr}${said.text}`) };
}

/** Asks for size and time of files; one that the phone does not give an answer for is left out. Order is kept. */
export async function measured(at: AskingFiles, paths: readonly string[]): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  if (!hasFind(at)) {
    for (const path of paths) found.push(...(await listPlainly(at, path)).files.filter((file) => file.path === path));
    return found;
  }
  for (const part of parts(paths)) {
    const command = `stat -c '%s %Y %n' ${part.map(phoneQuote).join(' ')}`;
    const { text } = await askPhone(at, at.asUser(command), { allow: [at.choice], timeoutMs: listMs });
    found.push(...statLines(text, part));
  }
  return found;
}

/**
 * Reads `stat -c '%s %Y %n'` against the paths that were asked for, in their order: a name may hold whatever looks like a
 * line of it, but not at a place where that very path was to come.
 */
function statLines(text: string, paths: readonly string[]): ListedFile[] {
  let at = 0;
  return paths.flatMap((path): ListedFile[] => {
    const [head, bytes, seconds] = /^(\d{1,19}) (-?\d{1,12}) /.exec(text.slice(at, at + 40)) ?? [];
    if (head === undefined || !text.startsWith(`${path}\n`, at + head.length)) return [];
    at += head.length + path.length + 1;
    const us = Number(seconds) * 1_000_000;
    const size = Number(bytes);
    return [
      { path, bytes: Number.isSafeInteger(size) ? size : null, modified: us > 0 && us < latestUs ? isoOf(us) : null },
    ];
  });
}

function* parts(paths: readonly string[]): Generator<string[]> {
  let part: string[] = [];
  let letters = 0;
  for (const path of paths) {
    if (part.length > 0 && letters + path.length > lineLetters) {
      yield part;
      part = [];
      letters = 0;
    }
    part.push(path);
    letters += path.length;
  }
  if (part.length > 0) yield part;
}
