import { z } from 'zod';
import type { DatabaseView } from '../../../../shared/types/database.ts';
import type { StatementSource } from '../../model/enricher.ts';
import type { CloudOperator, CloudRegionList } from './cloud-region-list.ts';
import { cloudDatabase, placeOfRegion } from './cloud-regions.ts';
import type { NetworkDatabase, PlaceDatabase, PlaceFound } from './database.ts';
import { MmdbFile } from './mmdb-file.ts';

/** What a file turned out to be, before it is kept. */
export interface Recognised {
  readonly kind: DatabaseView['kind'];
  readonly title: string;
  readonly date: string;
  readonly licence: string;
  readonly attribution: string | null;
  /** The first part of its key as a source. */
  readonly name: string;
}

/** An imported database, opened: one of the two. */
export interface OpenedFile {
  readonly recognised: Recognised;
  places(source: StatementSource): PlaceDatabase | null;
  networks(source: StatementSource): NetworkDatabase | null;
}

const licences: readonly (readonly [type: RegExp, licence: string, attribution: string | null])[] = [
  [/^dbip-.*lite/i, 'CC-BY-4.0', 'IP geolocation by DB-IP (https://db-ip.com), CC BY 4.0'],
  [
    /^geolite2/i,
    'GeoLite2 End User License Agreement',
    'This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com',
  ],
];

/** Databases that say under which country an address is registered, and not where it is; told by their file's name. */
const registers = /iptoasn|asn-country|geo-?whois|origin/i;

function recogniseMmdb(bytes: Buffer, fileName: string): OpenedFile {
  const file = new MmdbFile(bytes);
  let first: ReturnType<MmdbFile['firstRecord']>;
  try {
    first = file.firstRecord();
  } catch {
    throw new Error('its first record is damaged');
  }
  if (!first) throw new Error('no record in it names a country or a network number');
  const [, licence, attribution] = licences.find(([type]) => type.test(file.type)) ?? [null, 'not known', null];
  const kind = first.network ? 'networks' : registers.test(fileName) ? 'registration' : 'location';
  const name =
    file.type
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'mmdb';
  return {
    recognised: { kind, title: `${file.type} (${fileName})`, date: file.date, licence, attribution, name },
    places: (source) => (kind === 'networks' ? null : { source, of: (ip) => file.of(ip)?.place ?? null }),
    networks: (source) => (kind === 'networks' ? { source, of: (ip) => file.of(ip)?.network ?? null } : null),
  };
}

/** `ip-ranges.json` of Amazon Web Services (https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html). */
const awsRanges = z.object({
  createDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  prefixes: z.array(
    z.object({ ip_prefix: z.string(), region: z.string(), network_border_group: z.string().optional() }),
  ),
  ipv6_prefixes: z
    .array(z.object({ ipv6_prefix: z.string(), region: z.string(), network_border_group: z.string().optional() }))
    .optional(),
});

/**
 * Where a range of a region lies. A border group of another name than its region is a zone elsewhere: its place is told where
 * the list knows it, else nothing is said. Null too for `GLOBAL` and for regions that the list does not know.
 */
function awsPlace(operator: CloudOperator, region: string, group: string | undefined): PlaceFound | null {
  const known = operator.regions.find((one) => one.id === region);
  if (!known) return null;
  if (group === undefined || group === region) return placeOfRegion(operator, known);
  const zone = operator.zones?.find((one) => group.startsWith(one.id));
  return zone ? placeOfRegion(operator, { ...zone, id: group }) : null;
}

function recogniseRanges(bytes: Buffer, list: CloudRegionList): OpenedFile {
  const read = awsRanges.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!read.success) throw new Error('it is no list of ranges as AWS publishes it');
  const operator = list.operators.find((one) => one.id === 'aws');
  if (!operator) throw new Error('the list of cloud regions does not name AWS');
  const prefixes: (readonly [string, PlaceFound])[] = [];
  for (const row of [...read.data.prefixes, ...(read.data.ipv6_prefixes ?? [])]) {
    const place = awsPlace(operator, row.region, row.network_border_group);
    if (place) prefixes.push(['ip_prefix' in row ? row.ip_prefix : row.ipv6_prefix, place]);
  }
  if (prefixes.length === 0) throw new Error('no range in it belongs to a region that is known here');
  const date = read.data.createDate.slice(0, 10);
  return {
    recognised: {
      kind: 'cloud regions',
      title: 'AWS: ranges of addresses by region (ip-ranges.json)',
      date,
      licence: 'published by Amazon Web Services without a statement of licence',
      attribution: null,
      name: 'aws-ranges',
    },
    places: (source) => cloudDatabase(source, prefixes),
    networks: () => null,
  };
}

const mmdbMark = Buffer.from([0xab, 0xcd, 0xef, ...Buffer.from('MaxMind.com')]);

/**
 * Recognises a database by its content and opens it. Throws an Error whose message says in half a sentence why it is none.
 * `fileName` is how the examiner called it.
 */
export function recognise(bytes: Buffer, fileName: string, list: CloudRegionList): OpenedFile {
  // The mark stands in the last 128 KiB (MaxMind DB format, "Database Metadata").
  if (bytes.subarray(Math.max(0, bytes.length - 131_072)).includes(mmdbMark)) return recogniseMmdb(bytes, fileName);
  if (/^\s*\{/.test(bytes.toString('latin1', 0, 64))) {
    try {
      return recogniseRanges(bytes, list);
    } catch (error) {
      if (error instanceof SyntaxError) throw new Error('it is broken JSON');
      throw error;
    }
  }
  throw new Error('it is neither a database in MaxMind’s form nor a list of ranges as AWS publishes it');
}
