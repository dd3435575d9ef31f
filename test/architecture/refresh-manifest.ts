/** Writes today's hashes and the lists' own dates into `resources/manifest.json`: `node test/architecture/refresh-manifest.ts`. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resourceManifest } from '../../main/engine/enrich/manifest.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../resources');
const path = join(folder, 'manifest.json');
const manifest = resourceManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
const require = createRequire(import.meta.url);
const folderOf = (named: string | undefined) =>
  named ? dirname(require.resolve(`${named.slice(0, named.lastIndexOf('@'))}/package.json`)) : folder;
const files = manifest.files.map((row) => {
  const bytes = readFileSync(join(folderOf(row.package), row.file));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== row.sha256) console.log(`${row.file}: ${sha256}`);
  const own = row.file.endsWith('.json') ? (JSON.parse(bytes.toString('utf8')) as { date?: unknown }).date : undefined;
  return { ...row, sha256, date: typeof own === 'string' ? own : row.date };
});
writeFileSync(path, `${JSON.stringify({ version: 1, files }, null, 2)}\n`);
