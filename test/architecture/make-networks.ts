/**
 * Makes `resources/networks/networks.zst` from the published table of networks, and writes its hash, size and date into
 * `resources/manifest.json`: `node test/architecture/make-networks.ts`. The table comes as a development dependency.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeNetworks, type NetworkRange } from '../../main/engine/enrich/databases/network-table.ts';
import { resourceManifest } from '../../main/engine/enrich/manifest.ts';

const name = '@ip-location-db/asn';
const from = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
// 2.3.2026061719: the last part begins with the day of the data.
const day = /\.(\d{4})(\d{2})(\d{2})\d*$/.exec(version);
if (!day) throw new Error(`The version ${version} of ${name} does not tell its day.`);
const date = day.slice(1).join('-');

const names = new Map<number, string>();

/** Rows `first,last,number,name` with whole numbers; a name with a comma stands in quotes. */
function* rowsOf(file: string): Generator<{ first: bigint; last: bigint; asn: number }> {
  for (const line of readFileSync(join(from, file), 'utf8').split('\n')) {
    if (line === '') continue;
    const row = /^(\d+),(\d+),(\d+),(.*)$/.exec(line);
    if (!row?.[1] || !row[2] || !row[3]) throw new Error(`${file} has a row of another form: ${line}`);
    const said = row[4] ?? '';
    const asn = Number(row[3]);
    names.set(asn, said.startsWith('"') ? said.slice(1, -1).replaceAll('""', '"') : said);
    yield { first: BigInt(row[1]), last: BigInt(row[2]), asn };
  }
}

/** Ranges in units of `1 << drop` addresses, cut where they overlap, joined where one network goes on. */
function rangesOf(file: string, drop: bigint): { first: bigint; last: bigint; asn: number }[] {
  const ranges: { first: bigint; last: bigint; asn: number }[] = [];
  const unit = (1n << drop) - 1n;
  for (const { first, last, asn } of rowsOf(file)) {
    // A range that lies within one unit and does not fill it is finer than the table.
    if (first >> drop === last >> drop && last - first < unit) continue;
    const before = ranges.at(-1);
    let start = first >> drop;
    if (before && start <= before.last) start = before.last + 1n;
    if (start > last >> drop) continue;
    if (before && before.asn === asn && before.last + 1n === start) before.last = last >> drop;
    else ranges.push({ first: start, last: last >> drop, asn });
  }
  return ranges;
}

const ipv4 = rangesOf('asn-ipv4-num.csv', 0n).map(
  ({ first, last, asn }): NetworkRange => ({ first: [Number(first)], last: [Number(last)], asn }),
);
const words = (value: bigint): readonly [number, number] => [Number(value >> 32n), Number(value & 0xffff_ffffn)];
const ipv6 = rangesOf('asn-ipv6-num.csv', 64n).map(
  ({ first, last, asn }): NetworkRange => ({ first: words(first), last: words(last), asn }),
);
const bytes = encodeNetworks(names, ipv4, ipv6);

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../resources');
const file = 'networks/networks.zst';
mkdirSync(join(folder, 'networks'), { recursive: true });
writeFileSync(join(folder, file), bytes);
const path = join(folder, 'manifest.json');
const manifest = resourceManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const files = manifest.files.map((row) => (row.file === file ? { ...row, sha256, date } : row));
writeFileSync(path, `${JSON.stringify({ version: 1, files }, null, 2)}\n`);
console.log(
  `${file}: ${bytes.length} bytes, ${ipv4.length} + ${ipv6.length} ranges of ${names.size} networks, ${date}, ${sha256}`,
);
