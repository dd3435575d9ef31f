import type { Entry } from '../world/ledger.ts';
import type { Ident, NetworkSpec } from '../world/networks.ts';
import { hashOf } from '../world/random.ts';
import { DAY_US, SECOND_US } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { JavaBytes } from './bytes.ts';
import { compareIdents } from './ident.ts';
import { type Bucket, type Recorder, type Series, seriesOf } from './series.ts';

/** Version of the identity set that this Android writes (FORMATS 1.8). */
export function identityVersion(sdk: number): number {
  if (sdk >= 36) return 8;
  if (sdk >= 33) return 7;
  if (sdk >= 31) return 6;
  if (sdk >= 28) return 5;
  return sdk >= 26 ? 4 : 3;
}

/** The folder in which this Android keeps its netstats. */
export function netstatsFolder(sdk: number): string {
  return sdk >= 33 ? '/data/misc/apexdata/com.android.tethering/netstats' : '/data/system/netstats';
}

/** What of a network reaches the file in that version; the rest is lost when it is written. */
function kept(network: NetworkSpec, version: number): readonly unknown[] {
  const list: unknown[] = [network.type, network.rat, network.subscriber, keyOfWifi(network, version), network.roaming];
  if (version >= 4) list.push(network.metered);
  if (version >= 5) list.push(network.defaultNetwork);
  if (version >= 7) list.push(network.subId);
  if (version >= 8) list.push(network.transports.join());
  return list;
}

function keyOfWifi(network: NetworkSpec, version: number): string | null {
  if (network.ssid === null) return null;
  return `"${network.ssid}"${version >= 7 ? (network.security ?? '') : ''}`;
}

function optional(out: JavaBytes, text: string | null): void {
  out.byte(text === null ? 0 : 1);
  if (text !== null) out.utf(text);
}

function writeIdent(out: JavaBytes, ident: Ident, version: number): void {
  const members = [...new Map(ident.members.map((member) => [JSON.stringify(kept(member, version)), member])).values()];
  out.int(version);
  out.int(members.length);
  for (const member of members) {
    out.int(member.type);
    out.int(member.rat);
    optional(out, member.subscriber);
    optional(out, keyOfWifi(member, version));
    out.byte(member.roaming ? 1 : 0);
    if (version >= 4) out.byte(member.metered ? 1 : 0);
    if (version >= 5) out.byte(member.defaultNetwork ? 1 : 0);
    if (version >= 6) out.int(0);
    if (version >= 7) out.int(member.subId);
    if (version >= 8) out.long(member.transports.reduce((bits, transport) => bits + 2 ** transport, 0));
  }
}

function writeHistory(out: JavaBytes, series: Series): void {
  const column = (of: (bucket: Bucket) => number): void => {
    out.int(series.buckets.length);
    for (const bucket of series.buckets) out.varlong(of(bucket));
  };
  out.int(3);
  out.long(series.bucketUs / 1000);
  column((b) => b.startUs / 1000);
  column((b) => b.activeMs);
  column((b) => b.received);
  column((b) => b.receivedPackets);
  column((b) => b.sent);
  column((b) => b.sentPackets);
  column((b) => b.operations);
}

/** One netstats file: collection ANET, version 16. */
function collection(recorder: Recorder, entries: readonly Entry[], version: number): Uint8Array {
  const keyOf = (ident: Ident): string => JSON.stringify(ident.members.map((member) => kept(member, version)));
  const byIdent = new Map<string, Series[]>();
  for (const series of seriesOf({ recorder, entries, keyOf })) {
    const list = byIdent.get(series.key);
    if (list) list.push(series);
    else byIdent.set(series.key, [series]);
  }
  const groups = [...byIdent.values()].sort((a, b) => compareIdents(a[0]!.ident, b[0]!.ident));
  const out = new JavaBytes();
  out.int(0x414e4554);
  out.int(16);
  out.int(groups.length);
  for (const group of groups) {
    writeIdent(out, group[0]!.ident, version);
    out.int(group.length);
    for (const series of group) {
      out.int(series.uid);
      out.int(series.set);
      out.int(series.tag);
      writeHistory(out, series);
    }
  }
  return out.done();
}

interface FileSpan {
  readonly recorder: Recorder;
  readonly fromUs: number;
  readonly toUs: number;
  /** Still being written. */
  readonly open: boolean;
}

/** Where the files of a recorder begin and end: every 15 days (tags: 5), at moments that the seed knows. */
function spansOf(world: World, recorder: Recorder): FileSpan[] {
  const age = (recorder === 'uid_tag' ? 5 : 15) * DAY_US;
  const { seed } = world.options;
  const phase = (hashOf(seed, 'rotation', recorder) % (age / SECOND_US)) * SECOND_US;
  const floor = recorder === 'uid_tag' ? world.tagsFromUs : world.historyFromUs;
  const first = Math.floor((floor - phase) / age);
  const last = Math.floor((world.polledUs - phase) / age);
  const edge = (n: number): number => phase + n * age + (hashOf(seed, 'edge', recorder, n) % 900_000) * 1000;
  const out: FileSpan[] = [];
  for (let n = first - 1; n <= last; n++) {
    const fromUs = Math.max(edge(n), floor);
    const open = edge(n + 1) > world.polledUs;
    const toUs = open ? Number.POSITIVE_INFINITY : edge(n + 1);
    if (toUs > fromUs) out.push({ recorder, fromUs, toUs, open });
    if (open) break;
  }
  return out;
}

function nameOf(span: FileSpan): string {
  const end = span.open ? '' : String(Math.floor(span.toUs / 1000));
  return `${span.recorder}.${Math.floor(span.fromUs / 1000)}-${end}`;
}

function recordersOf(sdk: number): readonly Recorder[] {
  return sdk >= 33 ? ['uid', 'uid_tag', 'xt'] : ['dev', 'uid', 'uid_tag', 'xt'];
}

/** Names of the files, as the folder lists them. */
export function netstatsFileNames(world: World): string[] {
  return recordersOf(world.sdk).flatMap((recorder) => spansOf(world, recorder).map(nameOf));
}

/** By what they hold: a phone that is asked again before its next poll has the same. */
const written = new WeakMap<readonly Entry[], ReadonlyMap<string, Uint8Array>>();

/**
 * The phone's netstats files by name, byte for byte as netstats writes them: ANET version 16, with rotation. A bucket
 * that a rotation cut stands in two files, each with its part. Their sum is what `dumpsys netstats --full` prints.
 */
export function netstatsFiles(world: World): ReadonlyMap<string, Uint8Array> {
  const made = written.get(world.entries);
  if (made) return made;
  const files = new Map<string, Uint8Array>();
  written.set(world.entries, files);
  const version = identityVersion(world.sdk);
  for (const recorder of recordersOf(world.sdk)) {
    const spans = spansOf(world, recorder);
    for (const [index, span] of spans.entries()) {
      const fromUs = index === 0 ? Number.NEGATIVE_INFINITY : span.fromUs;
      const entries = world.entries.filter((entry) => entry.trueUs >= fromUs && entry.trueUs < span.toUs);
      files.set(nameOf(span), collection(recorder, entries, version));
    }
  }
  return files;
}
