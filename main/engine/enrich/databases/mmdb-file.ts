import { Reader, type Response } from 'mmdb-lib';
import { textOfIpv4 } from '../../model/ip-address.ts';
import { countryOf, type PlaceFound } from './database.ts';

/** What a record of a database says, whatever form it has: a place, a network, or nothing that is known here. */
export interface RecordRead {
  readonly place: PlaceFound | null;
  readonly network: { readonly asn: number; readonly name: string } | null;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** A name in several languages, or as plain text. */
const nameOf = (value: unknown) => textOf(value) ?? textOf(fieldsOf(fieldsOf(value).names).en);

function regionOf(record: Fields): string | null {
  const division = Array.isArray(record.subdivisions) ? record.subdivisions[0] : (record.state1 ?? record.region);
  const parts = [nameOf(record.city), nameOf(division)].filter((part): part is string => part !== null);
  return parts.length === 0 ? null : [...new Set(parts)].join(', ');
}

/**
 * Reads a record in the forms in which databases of addresses are published: `country.iso_code` with `city` and `subdivisions`
 * (GeoLite2, DB-IP Lite), the flat `country_code` with `city` and `state1`, and `autonomous_system_number` with
 * `autonomous_system_organization`.
 */
export function readRecord(record: unknown): RecordRead {
  const fields = fieldsOf(record);
  const country =
    countryOf(fieldsOf(fields.country).iso_code) ?? countryOf(fields.country_code) ?? countryOf(fields.country);
  const asn = fields.autonomous_system_number;
  return {
    place: country ? { country, region: regionOf(fields) } : null,
    network:
      typeof asn === 'number' && Number.isInteger(asn) && asn > 0
        ? { asn, name: textOf(fields.autonomous_system_organization) ?? '' }
        : null,
  };
}

/** A database in MaxMind's DB format 2.0 (https://maxmind.github.io/MaxMind-DB/), whoever made it. */
export class MmdbFile {
  readonly #reader: Reader<Response>;
  /** Records are few and met again and again; the reader hands out the same object for the same record. */
  readonly #read = new WeakMap<object, RecordRead>();
  /** The maker's name for this kind of database: `DBIP-Country-Lite`. */
  readonly type: string;
  /** The day on which it was made, ISO. */
  readonly date: string;

  /** Throws an Error that says what is wrong with the bytes. */
  constructor(bytes: Buffer) {
    try {
      this.#reader = new Reader<Response>(bytes, { cache: new Map<string | number, unknown>() });
    } catch {
      throw new Error('its description is damaged');
    }
    const { databaseType, buildEpoch, nodeCount, searchTreeSize, ipVersion } = this.#reader.metadata;
    if (typeof databaseType !== 'string' || !(buildEpoch instanceof Date) || Number.isNaN(buildEpoch.getTime())) {
      throw new Error('its description tells neither kind nor day');
    }
    if (!(nodeCount > 0) || searchTreeSize > bytes.length || (ipVersion !== 4 && ipVersion !== 6)) {
      throw new Error('its tree is larger than the file');
    }
    this.type = databaseType;
    this.date = buildEpoch.toISOString().slice(0, 10);
  }

  /**
   * What the database says of an address, or null. An address of a family that it does not hold is not known to it, nor one whose
   * record is damaged: what can be read of a database is worth having.
   */
  of(ip: string): RecordRead | null {
    if (this.#reader.metadata.ipVersion === 4 && ip.includes(':')) return null;
    const record = this.#recordOf(ip);
    if (typeof record !== 'object' || record === null) return null;
    const held = this.#read.get(record) ?? readRecord(record);
    this.#read.set(record, held);
    return held;
  }

  #recordOf(ip: string): unknown {
    try {
      return this.#reader.get(ip);
    } catch {
      return null;
    }
  }

  /** The first record with something that is known here, looked for from the lowest address on; null where there is none. */
  firstRecord(): RecordRead | null {
    const six = this.#reader.metadata.ipVersion === 6;
    return this.#firstOf(32n, (value) => textOfIpv4(Number(value))) ?? (six ? this.#firstOf(128n, textOfIpv6) : null);
  }

  #firstOf(bits: bigint, text: (value: bigint) => string): RecordRead | null {
    const end = 1n << bits;
    let at = bits === 128n ? 1n << 125n : 0n;
    for (let steps = 0; at < end && steps < 100_000; steps += 1) {
      const [record, prefix] = this.#reader.getWithPrefixLength(text(at));
      if (!(prefix > 0)) return null;
      const read = record === null ? null : readRecord(record);
      if (read?.place || read?.network) return read;
      const own = bits === 32n && prefix > 32 ? prefix - 96 : prefix;
      at = ((at >> (bits - BigInt(own))) + 1n) << (bits - BigInt(own));
    }
    return null;
  }
}

function textOfIpv6(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16)).join(
    ':',
  );
}
