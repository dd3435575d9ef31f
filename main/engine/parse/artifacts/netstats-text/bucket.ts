/**
 * One bucket line of a netstats history, in either form:
 * `st=1760770800 rb=0 rp=0 tb=135 tp=2 op=0` (seconds, Android 5.1 and later) and
 * `bucketStart=1406138400000 activeTime=3603995 rxBytes=… rxPackets=… txBytes=… txPackets=… operations=…`
 * (milliseconds, up to Android 5.0). The keys decide, not the Android version. Source: NetworkStatsHistory.dump, AOSP.
 */
export interface Bucket {
  /** Microseconds of UTC. */
  startUs: number;
  /** True where the line says milliseconds. */
  longForm: boolean;
  receivedBytes: number | null;
  receivedPackets: number | null;
  sentBytes: number | null;
  sentPackets: number | null;
  operations: number | null;
  /** Microseconds. */
  activeUs: number | null;
  /** Keys that this program does not know. */
  unknown: string[] | null;
  /** Key and text of numbers that were said and cannot be held: below zero or above 2^53. */
  odd: string[] | null;
  /** The line ends with its operations field, which both forms write last. */
  endsComplete: boolean;
}

/** Reads a bucket line from `from` on, where its first key begins; null where it is not one in good order. */
export function readBucket(text: string, from: number): Bucket | null {
  return readUsual(text, from) ?? readAny(text, from);
}

/** Where the last number ended. */
let cursor = 0;

/** A number of at most 15 digits that ends with a blank or the line; −1 for everything else. */
function digits(text: string, from: number): number {
  let at = from;
  let value = 0;
  let code = text.charCodeAt(at);
  while (code >= 48 && code <= 57) {
    value = value * 10 + (code - 48);
    at += 1;
    code = text.charCodeAt(at);
  }
  cursor = at;
  return at > from && at - from <= 15 && (code === 32 || at === text.length) ? value : -1;
}

/** ` xb=` with these two letters at the cursor: the number behind them. */
function next(text: string, a: number, b: number): number {
  const at = cursor;
  const inPlace =
    text.charCodeAt(at) === 32 &&
    text.charCodeAt(at + 1) === a &&
    text.charCodeAt(at + 2) === b &&
    text.charCodeAt(at + 3) === 61;
  return inPlace ? digits(text, at + 4) : -1;
}

/** The short form with all six fields in their order: nearly every line there is, so it is read without slicing. */
function readUsual(text: string, from: number): Bucket | null {
  if (text.charCodeAt(from) !== 115 || text.charCodeAt(from + 2) !== 61) return null;
  const start = digits(text, from + 3);
  if (start < 0 || start > 9_007_199_254) return null;
  const receivedBytes = next(text, 114, 98);
  if (receivedBytes < 0) return null;
  const receivedPackets = next(text, 114, 112);
  if (receivedPackets < 0) return null;
  const sentBytes = next(text, 116, 98);
  if (sentBytes < 0) return null;
  const sentPackets = next(text, 116, 112);
  if (sentPackets < 0) return null;
  const operations = next(text, 111, 112);
  if (operations < 0 || cursor !== text.length) return null;
  return {
    startUs: start * 1_000_000,
    longForm: false,
    receivedBytes,
    receivedPackets,
    sentBytes,
    sentPackets,
    operations,
    activeUs: null,
    unknown: null,
    odd: null,
    endsComplete: true,
  };
}

const fieldOf: Readonly<Record<string, number>> = {
  st: 0,
  bucketStart: 0,
  rb: 1,
  rxBytes: 1,
  rp: 2,
  rxPackets: 2,
  tb: 3,
  txBytes: 3,
  tp: 4,
  txPackets: 4,
  op: 5,
  operations: 5,
  activeTime: 6,
};

/** Either form, fields in any order, some absent, some unknown. */
function readAny(text: string, from: number): Bucket | null {
  const values: (number | null)[] = [null, null, null, null, null, null, null];
  const unknown: string[] = [];
  const odd: string[] = [];
  const seen = new Set<number>();
  let longForm = false;
  let last = -1;
  for (const word of text.slice(from).split(' ')) {
    if (word === '') continue;
    const [, key, said] = /^(\w{1,40})=(.{0,200})$/.exec(word) ?? [];
    if (key === undefined || said === undefined) return null;
    const field = Object.hasOwn(fieldOf, key) ? fieldOf[key]! : -1;
    last = field;
    if (field < 0) {
      unknown.push(key);
      continue;
    }
    if (seen.has(field) || !/^-?\d{1,20}$/.test(said)) return null;
    seen.add(field);
    if (key === 'bucketStart') longForm = true;
    const value = Number(said);
    if (Number.isSafeInteger(value) && value >= 0 && said[0] !== '-') values[field] = value;
    else odd.push(word);
  }
  const start = values[0];
  if (start === null || start === undefined) return null;
  const startUs = start * (longForm ? 1_000 : 1_000_000);
  if (!Number.isSafeInteger(startUs)) return null;
  const active = values[6] ?? null;
  return {
    startUs,
    longForm,
    receivedBytes: values[1]!,
    receivedPackets: values[2]!,
    sentBytes: values[3]!,
    sentPackets: values[4]!,
    operations: values[5]!,
    activeUs: active === null ? null : active * 1_000,
    unknown: unknown.length > 0 ? unknown : null,
    odd: odd.length > 0 ? odd : null,
    endsComplete: last === 5,
  };
}
