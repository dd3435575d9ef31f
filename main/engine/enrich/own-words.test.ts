import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/* The catalogue takes facts from tables that stand beside the project, and writes its own sentences. */
const tables = resolve(process.env.PHONEHOME_TABLES ?? '../shared/research/tables');
const present = existsSync(tables);
if (!present)
  console.log(`left out: words of the catalogue held against its tables (no ${tables}; set PHONEHOME_TABLES)`);

const LONGEST = 7;
/** Titles and addresses of others' works are quoted as they are. */
const quoted = new Set(['title', 'url', 'readVia']);

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => (quoted.has(name) ? [] : textsOf(one)));
}

/** Every run of words that is longer than may be shared. */
function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.slice(LONGEST).map((_, at) => words.slice(at, at + LONGEST + 1).join(' '));
}

const textsIn = (file: string) => textsOf(JSON.parse(readFileSync(file, 'utf8')));
const lists = fileURLToPath(new URL('../../../resources/lists', import.meta.url));
const files = ['services.json', ...readdirSync(`${lists}/services`).map((name) => `services/${name}`)];

it('finds a run of eight words, and lets seven pass', () => {
  expect(runsOf('One two, three four; five six seven')).toEqual([]);
  expect(runsOf('One two, three four; five six seven EIGHT nine')).toEqual([
    'one two three four five six seven eight',
    'two three four five six seven eight nine',
  ]);
});

describe.skipIf(!present)('the words of the catalogue', () => {
  const theirs = new Set(
    present ? ['endpoints.json', 'packages.json'].flatMap((name) => textsIn(`${tables}/${name}`)).flatMap(runsOf) : [],
  );

  it.each(files)('%s shares no eight words in a row with the tables', (file) => {
    expect(theirs.size).toBeGreaterThan(500);
    const shared = textsIn(`${lists}/${file}`).filter((text) => runsOf(text).some((run) => theirs.has(run)));
    expect(shared).toEqual([]);
  });

  it('leaves out no endpoint and no package, but those that name a company as a whole', () => {
    interface Row {
      readonly pattern: string;
    }
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;
    const listed = files.slice(1).map(
      (file) =>
        read(`${lists}/${file}`) as {
          services: { endpoints?: Row[]; packages?: { package: string }[] }[];
        },
    );
    const services = listed.flatMap((one) => one.services);
    const patterns = new Set(services.flatMap((one) => one.endpoints ?? []).map((row) => row.pattern));
    const left = (read(`${tables}/endpoints.json`) as { pattern: string; match: string }[])
      .map((row) => (row.match === 'suffix' ? row.pattern.replace(/^\*\./, '') : row.pattern))
      .filter((pattern) => !patterns.has(pattern));
    expect(left.sort()).toEqual([
      'dbankcloud.com',
      'facebook.com',
      'heytapmobile.com',
      'hicloud.com',
      'mi.com',
      'miui.com',
      'realmemobile.com',
      'vivoglobal.com',
      'xiaomi.com',
      'xiaomi.net',
    ]);
    const packages = new Set(services.flatMap((one) => one.packages ?? []).map((row) => row.package));
    const table = read(`${tables}/packages.json`) as { packages: { package: string }[] };
    expect(table.packages.map((row) => row.package).filter((name) => !packages.has(name))).toEqual([]);
  });
});
