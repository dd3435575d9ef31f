/**
 * A netstats collection, version 16: the only one that Android 4.1 and later write. Layout, all big-endian:
 * magic "ANET", version, count of identity sets; each: set, count of keys; each key: uid, set, tag, history.
 * Source: NetworkStatsCollection, NetworkIdentitySet and NetworkStatsHistory of AOSP (identities 1 to 8, histories 1 to 3).
 */
import type { NetworkIdentity } from '../../../model/record.ts';
import { networkNameOf, oemManagedOf } from '../../netstats/network-words.ts';
import { BadBytes, type ByteReader } from './byte-reader.ts';

export interface Key {
  readonly at: number;
  readonly identities: readonly NetworkIdentity[];
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
}

/** Columns of one history; a column is null where the phone kept none. NaN: said, but not to be held exactly. */
export interface History {
  readonly bucketMs: number;
  readonly start: Float64Array;
  /** Where in the file each start stands. */
  readonly startAt: Float64Array;
  readonly active: Float64Array | null;
  readonly receivedBytes: Float64Array | null;
  readonly receivedPackets: Float64Array | null;
  readonly sentBytes: Float64Array | null;
  readonly sentPackets: Float64Array | null;
  readonly operations: Float64Array | null;
}

function identityOf(reader: ByteReader, version: number): NetworkIdentity {
  if (version === 1) reader.i32('an identity');
  const type = reader.i32('an identity');
  const rat = reader.i32('an identity');
  const subscriber = reader.optionalText('a subscriber id');
  const said = version >= 3 ? reader.optionalText('a network name') : null;
  const roaming = version >= 2 ? flag(reader, 'roaming') : null;
  const metered = version >= 4 ? flag(reader, 'metered') : null;
  const defaultNetwork = version >= 5 ? flag(reader, 'default network') : null;
  const oemManaged = version >= 6 ? oemManagedOf(String(reader.i32('oemManaged'))) : null;
  const subId = version >= 7 ? reader.i32('a subscription id') : null;
  const transports = version >= 8 ? bitsOf(reader.i64('transports')) : null;
  const name = said === null ? null : networkNameOf(said);
  return {
    type,
    rat: String(rat),
    subscriber,
    networkName: name?.name ?? null,
    security: name?.security ?? null,
    roaming,
    metered,
    defaultNetwork,
    oemManaged,
    subId,
    transports,
    unknown: {},
  };
}

function flag(reader: ByteReader, what: string): boolean {
  const { at } = reader;
  const value = reader.u8(what);
  if (value > 1) throw new BadBytes(at, `${what} is ${value}, neither 0 nor 1`);
  return value === 1;
}

function bitsOf(mask: bigint): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 64; bit += 1) if ((mask >> BigInt(bit)) & 1n) bits.push(bit);
  return bits;
}

/** Reads one identity set of version 1 to 8. */
export function readIdentitySet(reader: ByteReader): NetworkIdentity[] {
  const { at } = reader;
  const version = reader.i32('an identity set');
  if (version < 1 || version > 8) {
    throw new BadBytes(at, `the identity set has version ${version}; this program reads 1 to 8`);
  }
  const size = reader.count(9, 'the number of identities in a set');
  return Array.from({ length: size }, () => identityOf(reader, version));
}

/** Reads one history of version 1, 2 or 3. */
export function readHistory(reader: ByteReader): History {
  const { at } = reader;
  const version = reader.i32('a history');
  if (version < 1 || version > 3) {
    throw new BadBytes(at, `the history has version ${version}; this program reads 1 to 3`);
  }
  const length = reader.i64('the length of buckets');
  if (length <= 0n || length > 10_000_000_000n) throw new BadBytes(at + 4, `buckets are said to last ${length} ms`);
  const column = version === 1 ? fullColumn : varColumn;
  const startsFrom = reader.at;
  const places: number[] = [];
  const start = column(reader, 'bucket starts', places);
  if (!start) throw new BadBytes(startsFrom, 'the bucket starts are missing');
  const active = version === 3 ? column(reader, 'active times') : null;
  const receivedBytes = column(reader, 'received bytes');
  const receivedPackets = version === 1 ? null : column(reader, 'received packets');
  const sentBytes = column(reader, 'sent bytes');
  const sentPackets = version === 1 ? null : column(reader, 'sent packets');
  const operations = version === 1 ? null : column(reader, 'operations');
  for (const other of [active, receivedBytes, receivedPackets, sentBytes, sentPackets, operations]) {
    if (other && other.length !== start.length) {
      throw new BadBytes(
        startsFrom,
        `a history has ${start.length} buckets in one column and ${other.length} in another`,
      );
    }
  }
  return {
    bucketMs: Number(length),
    start,
    startAt: Float64Array.from(places),
    active,
    receivedBytes,
    receivedPackets,
    sentBytes,
    sentPackets,
    operations,
  };
}

function varColumn(reader: ByteReader, what: string, places?: number[]): Float64Array | null {
  const { at } = reader;
  if (reader.i32(what) === -1) return null;
  reader.at = at;
  const values = new Float64Array(reader.count(1, `the number of ${what}`));
  for (let i = 0; i < values.length; i += 1) {
    if (places) places.push(reader.at);
    values[i] = reader.varLong(what);
  }
  return values;
}

function fullColumn(reader: ByteReader, what: string, places?: number[]): Float64Array | null {
  const values = new Float64Array(reader.count(8, `the number of ${what}`));
  for (let i = 0; i < values.length; i += 1) {
    if (places) places.push(reader.at);
    const value = Number(reader.i64(what));
    values[i] = Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
  }
  return values;
}
