import { createHash } from 'node:crypto';
import { resourceManifest } from '../../../main/engine/enrich/manifest.ts';
import type { Violation } from '../tree.ts';

const manifestPath = 'resources/manifest.json';
/** Words about the data, not data. */
const isProse = (path: string) => path.endsWith('.md');

/** Every data file that ships is in the manifest with its hash, source, licence and date, and is what the manifest says. */
export function resourceLaw(files: ReadonlyMap<string, Uint8Array>): Violation[] {
  const violations: Violation[] = [];
  const say = (path: string, message: string) => violations.push({ law: 'resources', path, line: null, message });
  const bytes = files.get(manifestPath);
  if (!bytes) {
    say(manifestPath, 'is missing');
    return violations;
  }
  const parsed = resourceManifest.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) say(manifestPath, `is wrong at ${issue.path.join('.')}: ${issue.message}`);
    return violations;
  }
  const listed = new Set<string>();
  for (const row of parsed.data.files) {
    const path = `resources/${row.file}`;
    if (listed.has(path)) say(manifestPath, `lists ${row.file} twice`);
    listed.add(path);
    // What ships in a package is hashed when it is opened; its test is beside the databases.
    if (row.package) continue;
    const found = files.get(path);
    if (!found) say(manifestPath, `lists ${row.file}, which is no file`);
    else if (createHash('sha256').update(found).digest('hex') !== row.sha256)
      say(path, 'differs from its hash in manifest.json');
  }
  for (const path of files.keys()) {
    const data = path.startsWith('resources/') && path !== manifestPath && !isProse(path);
    if (data && !listed.has(path)) say(path, 'is not in manifest.json');
  }
  return violations;
}
