import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../../shared/base/failure.ts';
import { type DatabaseView, databaseView } from '../../../../shared/types/database.ts';
import type { StatementSource } from '../../model/enricher.ts';
import type { CloudRegionList } from './cloud-region-list.ts';
import type { NetworkDatabase, PlaceDatabase } from './database.ts';
import { type OpenedFile, recognise } from './import-database.ts';

/** What is written beside an imported file. */
const about = databaseView.extend({
  /** How the examiner's file was called: it may tell what the content does not. */
  fileName: z.string(),
  key: z.string(),
});
type About = z.infer<typeof about>;

/** An imported database, opened. */
export interface ImportedDatabase {
  readonly view: DatabaseView;
  readonly places: PlaceDatabase | null;
  readonly networks: NetworkDatabase | null;
}

const advice = 'Remove it with “databases remove”, and import it again if it is wanted.';
const aboutEnding = '.about.json';
const dataPath = (folder: string, sha256: string) => join(folder, `${sha256}.data`);
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const viewOf = ({ fileName: _, key: __, ...view }: About): DatabaseView => view;

async function aboutsIn(folder: string): Promise<About[]> {
  const names = await readdir(folder).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return [];
    throw new Failure('no-permission', `The folder of imported databases ${folder} could not be read.`);
  });
  const found: About[] = [];
  for (const name of names.filter((one) => one.endsWith(aboutEnding)).sort()) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch(() => '');
    let value: unknown = null;
    try {
      value = JSON.parse(text);
    } catch {
      // Said below, with the other ways in which it may be wrong.
    }
    const read = about.safeParse(value);
    if (!read.success)
      throw new Failure(
        'broken-file',
        `The description of an imported database ${path} is broken.`,
        `Delete it together with ${name.replace(aboutEnding, '.data')}.`,
      );
    found.push(read.data);
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What was imported, without opening it. Rejects with `no-permission` or `broken-file`. */
export async function listImported(folder: string): Promise<DatabaseView[]> {
  return (await aboutsIn(folder)).map(viewOf);
}

/** Opens everything that was imported. Rejects with `broken-file` for one that differs from its hash, naming it. */
export async function openImported(folder: string, list: CloudRegionList): Promise<ImportedDatabase[]> {
  const opened: ImportedDatabase[] = [];
  for (const one of await aboutsIn(folder)) {
    const path = dataPath(folder, one.sha256);
    const bytes = await readFile(path).catch(() => {
      throw new Failure('not-found', `The imported database ${one.id} (${one.title}) is missing: ${path}.`, advice);
    });
    if (hashOf(bytes) !== one.sha256) {
      throw new Failure('broken-file', `The imported database ${one.id} (${one.title}) differs from its hash.`, advice);
    }
    let file: OpenedFile;
    try {
      file = recognise(bytes, one.fileName, list);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Failure(
        'broken-file',
        `The imported database ${one.id} (${one.title}) cannot be read: ${why}.`,
        advice,
      );
    }
    const source: StatementSource = {
      key: one.key,
      title: one.title,
      date: one.date,
      sha256: one.sha256,
      licence: one.licence,
      attribution: one.attribution,
      shipped: false,
    };
    opened.push({ view: viewOf(one), places: file.places(source), networks: file.networks(source) });
  }
  return opened;
}

/**
 * Takes a database into the folder, by its hash; the same file twice is taken once. Rejects with `not-found`, `no-permission`,
 * `disk-full`, `empty-file` or `not-recognised`, naming the file and why it is no database.
 */
export async function importDatabase(folder: string, path: string, list: CloudRegionList): Promise<DatabaseView> {
  const bytes = await readFile(path).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') throw new Failure('not-found', `There is no file ${path}.`);
    throw new Failure('no-permission', `The file ${path} could not be read.`);
  });
  if (bytes.length === 0) throw new Failure('empty-file', `The file ${path} is empty.`);
  let file: OpenedFile;
  try {
    file = recognise(bytes, basename(path), list);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(
      'not-recognised',
      `${path} is no database that can be imported: ${why}.`,
      'DB-IP Lite and GeoLite2 in the form mmdb can be imported, and ip-ranges.json of AWS.',
    );
  }
  const sha256 = hashOf(bytes);
  const { name, ...recognised } = file.recognised;
  const id = sha256.slice(0, 12);
  const key = `${name} ${recognised.date} ${sha256.slice(0, 8)}`;
  const entry: About = {
    ...recognised,
    id,
    key,
    sha256,
    bytes: bytes.length,
    shipped: false,
    fileName: basename(path),
  };
  try {
    await mkdir(folder, { recursive: true });
    const target = dataPath(folder, sha256);
    await writeFile(`${target}.part`, bytes);
    await rename(`${target}.part`, target);
    // The description last: what has none is not looked at.
    await writeFile(join(folder, `${sha256}${aboutEnding}`), `${JSON.stringify(entry, null, 2)}\n`);
  } catch (error) {
    await rm(`${dataPath(folder, sha256)}.part`, { force: true }).catch(() => {});
    if ((error as { code?: string }).code === 'ENOSPC') {
      throw new Failure('disk-full', `The disk of ${folder} is full; ${path} was not imported.`);
    }
    throw new Failure('no-permission', `${path} could not be kept in ${folder}.`);
  }
  return viewOf(entry);
}

/** Takes an imported database out of the folder. Rejects with `not-found` where no imported one has that id. */
export async function removeImported(folder: string, id: string): Promise<void> {
  const one = (await aboutsIn(folder)).find((row) => row.id === id || row.sha256 === id);
  if (!one)
    throw new Failure('not-found', `No imported database has the id ${id}.`, 'Those that ship with the program stay.');
  await rm(join(folder, `${one.sha256}${aboutEnding}`), { force: true });
  await rm(dataPath(folder, one.sha256), { force: true });
}
