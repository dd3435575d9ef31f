import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { NetworkIdentity, SeriesRecord } from '../../../model/record.ts';
import { counterSetOf } from '../../netstats/network-words.ts';
import { type Bucket, readBucket } from './bucket.ts';
import { isKnownKey, readIdentities } from './identity.ts';

type Recorder = SeriesRecord['recorder'];

const recorderOf: Readonly<Record<string, Recorder>> = {
  'dev stats:': 'dev',
  'xt stats:': 'xt',
  'uid stats:': 'uid',
  'uid tag stats:': 'uid_tag',
};

/** A key line whose history has not begun: the unit of its bucket length is known with its first bucket. */
interface Waiting {
  readonly at: Place;
  readonly recorder: Recorder;
  readonly history: SeriesRecord['history'];
  readonly identities: readonly NetworkIdentity[];
  readonly uid: number;
  readonly set: SeriesRecord['set'];
  readonly tag: number;
  duration: number | null;
}

const SPACE = 32;
/** No phone has buckets of more than a day; a hundred days and more are no length but damage, here as in binary files. */
const LONGEST_BUCKET_US = 1e13;

/** Reads `dumpsys netstats` line by line. Grammar: NetworkStatsService.dump of AOSP, Android 5 to 16. */
export class NetstatsTextReader implements LineReader {
  private readonly sink: RecordSink;
  private recorder: Recorder | null = null;
  private history: SeriesRecord['history'] | null = null;
  private waiting: Waiting | null = null;
  /** Number of the series that buckets belong to; −1: none, they are passed over. */
  private current = -1;
  private count = 0;
  private longForm: boolean | null = null;
  private readonly sets = new Map<string, NetworkIdentity[] | null>();
  private readonly named = new Set<string>();
  private readonly headed = new Set<Recorder>();
  private dump = 0;
  private lastStartUs = Number.NEGATIVE_INFINITY;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    let from = 0;
    while (text.charCodeAt(from) === SPACE) from += 1;
    const first = text.charCodeAt(from);
    // s: st=, b: bucketStart=
    if ((first === 115 || first === 98) && this.bucketLine(text, from, at)) return;
    if (first === 105 && text.startsWith('ident=', from)) this.keyLine(text.slice(from).trimEnd(), at);
    else if (first === 78 && text.startsWith('NetworkStatsHistory:', from)) this.historyLine(text.slice(from), at);
    else if (first === 40 && text.startsWith('(omitting ', from))
      this.warn(at, text, 'The phone left buckets out here.');
    else this.header(text, from, at);
  }

  unfinished(text: string, at: Place): void {
    const from = text.length - text.trimStart().length;
    if (from === text.length) return;
    const bucket = /^(?:st|bucketStart)=/.test(text.slice(from, from + 12)) ? readBucket(text, from) : null;
    if (bucket?.endsComplete && (this.current >= 0 || this.waiting)) {
      // The number of operations comes last: only 0 cannot be the beginning of a longer number.
      const whole = bucket.operations === 0;
      this.bucket(whole ? bucket : { ...bucket, operations: null }, text, at);
      if (whole) return;
    }
    this.warn(at, text.slice(from), 'The dump ends in the middle of this line; what it may have said is not taken.');
    this.sink.cut();
  }

  passedOver(): void {
    // The line may have held the key of another series: what follows belongs to the next one that is read.
    this.flush();
    this.current = -1;
  }

  end(_cut: boolean): void {
    this.flush();
  }

  private bucketLine(text: string, from: number, at: Place): boolean {
    if (!text.startsWith('st=', from) && !text.startsWith('bucketStart=', from)) return false;
    if (this.current < 0 && !this.waiting) {
      if (this.recorder)
        this.warnOnce('stray bucket', at, text, 'This bucket belongs to no series that could be read.');
      return true;
    }
    const bucket = readBucket(text, from);
    if (bucket) this.bucket(bucket, text, at);
    else this.warn(at, text.slice(from), 'This bucket is not in good order and was not taken.');
    return true;
  }

  private bucket(bucket: Bucket, text: string, at: Place): void {
    this.longForm = bucket.longForm;
    if (this.waiting) this.flush();
    if (this.current < 0) return;
    if (bucket.startUs <= this.lastStartUs) {
      const reason =
        'The buckets of this series are not in order of time, as a phone writes them; one that stands twice counts twice.';
      this.warnOnce('order', at, text.trimStart(), reason);
    }
    this.lastStartUs = bucket.startUs;
    if (bucket.unknown) for (const key of bucket.unknown) this.unknownKey(key, at, text);
    if (bucket.odd) {
      this.warn(at, text.trimStart(), 'This bucket says a count below zero or above 2^53; it is taken as unknown.');
    }
    this.sink.record(
      {
        kind: 'bucket',
        series: this.current,
        startUs: bucket.startUs,
        receivedBytes: bucket.receivedBytes,
        receivedPackets: bucket.receivedPackets,
        sentBytes: bucket.sentBytes,
        sentPackets: bucket.sentPackets,
        operations: bucket.operations,
        activeUs: bucket.activeUs,
      },
      at,
    );
  }

  private keyLine(text: string, at: Place): void {
    this.flush();
    this.current = -1;
    const { recorder } = this;
    if (!recorder) return;
    // From the right: a Wi-Fi name may hold ` uid=` itself.
    const split = text.lastIndexOf(' uid=');
    const tail = /^ uid=(-?\d{1,10}) set=(\S{1,40}) tag=0x([0-9a-fA-F]{1,16})((?: \w{1,40}=\S{0,200}){0,20})$/.exec(
      split < 0 || text.length - split > 4_000 ? '' : text.slice(split),
    );
    const said = text.slice('ident='.length, split);
    let identities = tail ? this.sets.get(said) : null;
    if (tail && identities === undefined) {
      identities = readIdentities(said);
      this.sets.set(said, identities);
    }
    if (!tail || !identities) {
      this.warn(at, text, 'This series could not be read; its buckets are passed over.');
      return;
    }
    for (const identity of identities) {
      for (const [key, value] of Object.entries(identity.unknown)) this.strangeIdentity(key, value, at, text);
    }
    for (const extra of (tail[4] ?? '').split(' ')) if (extra) this.unknownKey(extra.split('=')[0]!, at, text);
    const set = counterSetOf(tail[2]!);
    if (set === 'unknown' && tail[2] !== 'UNKNOWN') {
      this.warnOnce(`set ${tail[2]}`, at, text, `Counter set "${tail[2]}" is not known to this program.`);
    }
    const tag = Number.parseInt(tail[3]!.slice(-8), 16);
    let { history } = this;
    if (!history) {
      history = 'since boot';
      this.warnOnce('history', at, text, 'No line says whether this history is complete; it is taken as since boot.');
    }
    this.waiting = {
      at,
      recorder: this.recorderOf(recorder, Number(tail[1]), tag, at, text),
      history,
      identities,
      uid: Number(tail[1]),
      set,
      tag,
      duration: null,
    };
  }

  /** The recorders keep apart what they hold; where a heading was lost, the key still tells. */
  private recorderOf(headed: Recorder, uid: number, tag: number, at: Place, text: string): Recorder {
    const told = headed !== 'uid' ? headed : tag !== 0 ? 'uid_tag' : uid === -1 ? 'xt' : headed;
    if (told !== headed) {
      this.warnOnce(
        `heading ${told}`,
        at,
        text,
        `This series stands under "UID stats" and is not of that kind: taken as "${told}".`,
      );
    }
    return told;
  }

  private historyLine(text: string, at: Place): void {
    const { waiting } = this;
    if (!waiting) return;
    const duration = /\bbucketDuration=(\d{1,12})\b/.exec(text)?.[1];
    if (duration === undefined || Number(duration) === 0) {
      this.warn(at, text, 'The length of the buckets could not be read; this series is passed over.');
      this.waiting = null;
    } else waiting.duration = Number(duration);
  }

  /** Hands over the series that waits for its first bucket. */
  private flush(): void {
    const { waiting } = this;
    this.waiting = null;
    if (!waiting) return;
    if (waiting.duration === null) {
      this.warn(waiting.at, null, 'No line says how long the buckets of this series are; it is passed over.');
      return;
    }
    // Without a bucket the form of the others tells the unit; without any, the size does (100,000 s are no bucket).
    const milliseconds = this.longForm ?? waiting.duration >= 100_000;
    const bucketUs = waiting.duration * (milliseconds ? 1_000 : 1_000_000);
    if (bucketUs > LONGEST_BUCKET_US) {
      this.warn(waiting.at, null, 'The buckets of this series are said to last months; it is passed over.');
      return;
    }
    this.current = this.count;
    this.lastStartUs = Number.NEGATIVE_INFINITY;
    this.count += 1;
    this.sink.record(
      {
        kind: 'series',
        series: this.current,
        ...(this.dump > 0 ? { dump: this.dump } : {}),
        recorder: waiting.recorder,
        history: waiting.history,
        identities: waiting.identities,
        uid: waiting.uid,
        set: waiting.set,
        tag: waiting.tag,
        bucketUs,
      },
      waiting.at,
    );
  }

  private header(text: string, from: number, at: Place): void {
    if (from === text.length) return;
    const word = text.length - from > 60 ? '' : text.slice(from).trimEnd().toLowerCase();
    const recorder = Object.hasOwn(recorderOf, word) ? recorderOf[word] : undefined;
    if (recorder) {
      this.leave();
      // A dump names each recorder once: a second time, another dump was written behind the first.
      if (this.headed.has(recorder)) {
        this.headed.clear();
        this.dump += 1;
      }
      this.headed.add(recorder);
      this.recorder = recorder;
    } else if (word === 'complete history:' || word === 'history since boot:') {
      this.flush();
      this.current = -1;
      this.history = word === 'complete history:' ? 'complete' : 'since boot';
    } else if (from === 0 && /^[^=]{1,99}:$/.test(text.trimEnd())) this.leave();
    else if (this.recorder && !word.startsWith('pending bytes:')) {
      this.warn(at, text.trimStart(), 'This line stands among the statistics and is of no kind known to this program.');
    }
  }

  private leave(): void {
    this.flush();
    this.current = -1;
    this.recorder = null;
    this.history = null;
  }

  private strangeIdentity(key: string, value: string, at: Place, text: string): void {
    const what = isKnownKey(key) ? `The value "${value.slice(0, 80)}" of "${key}"` : `The key "${key}"`;
    const about = isKnownKey(key) ? `value ${key}=${value}` : `key ${key}`;
    this.warnOnce(about, at, text, `${what} is not known to this program; it is kept as said.`);
  }

  private unknownKey(key: string, at: Place, text: string): void {
    this.warnOnce(
      `key ${key}`,
      at,
      text.trimStart(),
      `The key "${key}" is not known to this program and was not taken.`,
    );
  }

  private warnOnce(about: string, at: Place, text: string | null, reason: string): void {
    if (this.named.has(about) || this.named.size > 1_000) return;
    this.named.add(about);
    this.warn(at, text, reason);
  }

  private warn(at: Place, text: string | null, reason: string): void {
    this.sink.warn({ at, text: text === null ? null : text.slice(0, 200), reason });
  }
}
