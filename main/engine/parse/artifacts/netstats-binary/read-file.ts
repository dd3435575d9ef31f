import type { RecordSink } from '../../../model/artifact.ts';
import type { SectionHead } from '../../../model/place.ts';
import { counterSetOf } from '../../netstats/network-words.ts';
import { BadBytes, ByteReader } from './byte-reader.ts';
import { type History, type Key, readHistory, readIdentitySet } from './collection.ts';
import { type Recorder, saidByName } from './file-name.ts';
import { refusalOf } from './older-forms.ts';

const MAGIC = 0x414e4554;
type Series = readonly [Key, History];

/** Reads one netstats file into series and buckets. Offsets: a series at its key, a bucket at its start in the column. */
export function readNetstatsFile(section: SectionHead, bytes: Uint8Array, sink: RecordSink): void {
  const warn = (offset: number, reason: string): void => sink.warn({ at: { line: null, offset }, text: null, reason });
  const said = saidByName(section.fileName);
  const refusal = refusalOf(bytes);
  if (refusal) {
    warn(0, refusal);
    return;
  }
  const reader = new ByteReader(bytes);
  if (bytes.length < 4 || reader.i32('the magic') !== MAGIC) {
    sink.cut();
    warn(0, 'The file is named as a netstats file and does not begin with "ANET"; nothing was taken from it.');
    return;
  }
  const all: Series[] = [];
  try {
    reader.i32('the version');
    readSeries(reader, all);
    if (reader.left > 0) {
      warn(reader.at, `${reader.left} bytes stand behind the end of the collection; they were not read.`);
    }
  } catch (thrown) {
    if (!(thrown instanceof BadBytes)) throw thrown;
    sink.cut();
    warn(
      thrown.offset,
      `At byte ${thrown.offset} ${thrown.message}; the ${all.length} series before it were taken, the rest was not.`,
    );
  }
  const recorder = said.recorder ?? recorderByContent(all);
  if (!said.recorder) {
    warn(0, `The file name does not say what was recorded; by its content it is taken as "${recorder}".`);
  }
  if (said.fromMs !== null) {
    sink.record(
      {
        kind: 'held span',
        recorder,
        fromUs: said.fromMs * 1_000,
        toUs: said.toMs === null ? null : said.toMs * 1_000,
      },
      { line: null, offset: 0 },
    );
  }
  emit(all, recorder, sink, warn);
}

function readSeries(reader: ByteReader, all: Series[]): void {
  const sets = reader.count(8, 'the number of identity sets');
  for (let i = 0; i < sets; i += 1) {
    const identities = readIdentitySet(reader);
    const keys = reader.count(28, 'the number of keys');
    for (let k = 0; k < keys; k += 1) {
      const at = reader.at;
      const uid = reader.i32('a key');
      const set = reader.i32('a key');
      const tag = reader.i32('a key');
      const key: Key = { at, identities, uid, set, tag };
      all.push([key, readHistory(reader)]);
    }
  }
}

/** The recorders keep apart what they hold: only uid_tag has tags, only dev and xt have no uid. */
function recorderByContent(all: readonly Series[]): Recorder {
  if (all.some(([key]) => key.tag !== 0)) return 'uid_tag';
  return all.some(([key]) => key.uid !== -1) ? 'uid' : 'xt';
}

function emit(
  all: readonly Series[],
  recorder: Recorder,
  sink: RecordSink,
  warn: (at: number, why: string) => void,
): void {
  const strange = new Set<number>();
  all.forEach(([key, history], series) => {
    const set = counterSetOf(key.set);
    if (set === 'unknown' && !strange.has(key.set)) {
      strange.add(key.set);
      warn(key.at, `Counter set ${key.set} is not known to this program.`);
    }
    sink.record(
      {
        kind: 'series',
        series,
        recorder,
        history: 'complete',
        identities: key.identities,
        uid: key.uid,
        set,
        tag: key.tag >>> 0,
        bucketUs: history.bucketMs * 1_000,
      },
      { line: null, offset: key.at },
    );
    let unheld = 0;
    const held = (column: Float64Array | null, i: number): number | null => {
      if (!column) return null;
      const value = column[i]!;
      if (!Number.isNaN(value)) return value;
      unheld += 1;
      return null;
    };
    let lost = 0;
    for (let i = 0; i < history.start.length; i += 1) {
      const startUs = history.start[i]! * 1_000;
      if (!Number.isSafeInteger(startUs)) {
        lost += 1;
        continue;
      }
      const active = held(history.active, i);
      sink.record(
        {
          kind: 'bucket',
          series,
          startUs,
          receivedBytes: held(history.receivedBytes, i),
          receivedPackets: held(history.receivedPackets, i),
          sentBytes: held(history.sentBytes, i),
          sentPackets: held(history.sentPackets, i),
          operations: held(history.operations, i),
          activeUs: active === null ? null : active * 1_000,
        },
        { line: null, offset: history.startAt[i]! },
      );
    }
    if (unheld > 0)
      warn(key.at, `${unheld} numbers of this series are below zero or above 2^53; they are taken as unknown.`);
    if (lost > 0) warn(key.at, `${lost} buckets of this series begin at no possible time; they were not taken.`);
  });
}
