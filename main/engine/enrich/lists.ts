import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../../shared/base/failure.ts';
import { type ResourceManifest, resourceManifest } from './manifest.ts';
import { faultsOf, type ServiceList, serviceList } from './service-list.ts';

/** The lists that enrichers read, and which files they were, so that a case can say what its labels come from. */
export interface Lists {
  readonly services: ServiceList;
  readonly files: readonly { readonly file: string; readonly sha256: string; readonly date: string }[];
}

const advice = 'Install the program again. Nothing in a case is touched by this.';

async function bytesOf(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      throw new Failure('not-found', `The program's data file ${join(folder, file)} is missing.`, advice);
    }
    throw new Failure('no-permission', `The program's data file ${join(folder, file)} could not be read.`, advice);
  }
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Failure('broken-file', `The program's data file ${path} is not JSON.`, advice);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.join('.') || 'its top';
  throw new Failure('broken-file', `The program's data file ${path} is wrong at ${place}: ${issue?.message}.`, advice);
}

async function listed<T>(
  folder: string,
  manifest: ResourceManifest,
  file: string,
  schema: z.ZodType<T>,
): Promise<{ list: T; entry: Lists['files'][number] }> {
  const path = join(folder, file);
  const entry = manifest.files.find((row) => row.file === file);
  if (!entry) throw new Failure('broken-file', `${join(folder, 'manifest.json')} does not name ${file}.`, advice);
  const bytes = await bytesOf(folder, file);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== entry.sha256) {
    throw new Failure('broken-file', `The program's data file ${path} differs from its hash in manifest.json.`, advice);
  }
  return { list: parsed(schema, bytes, path), entry: { file, sha256: found, date: entry.date } };
}

/**
 * Reads the lists from the `resources` folder of the program and checks each against its hash in `manifest.json`.
 * Rejects with `not-found`, `no-permission` or `broken-file`, naming the file.
 */
export async function loadLists(folder: string): Promise<Lists> {
  const manifest = parsed(resourceManifest, await bytesOf(folder, 'manifest.json'), join(folder, 'manifest.json'));
  const services = await listed(folder, manifest, 'lists/services.json', serviceList);
  const fault = faultsOf(services.list)[0];
  if (fault) throw new Failure('broken-file', `${join(folder, 'lists/services.json')}: ${fault}`, advice);
  return { services: services.list, files: [services.entry] };
}
