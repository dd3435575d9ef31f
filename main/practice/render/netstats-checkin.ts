import type { Entry } from '../world/ledger.ts';
import { MOBILE, WIFI } from '../world/networks.ts';
import type { World } from '../world/world.ts';
import { netstatsFileNames } from './netstats-binary.ts';
import { type Bucket, type Recorder, seriesOf } from './series.ts';

const setNames: Readonly<Record<number, string>> = { [-1]: 'all', 0: 'def', 1: 'fg', 1001: 'vpnin', 1002: 'vpnout' };

/** Android 5.0 knows the word but only lists its files. */
export function currentFiles(world: World): string {
  return ['Current files:', ...netstatsFileNames(world).map((name) => `  ${name}`), ''].join('\n');
}

/** `dumpsys netstats --checkin`: the last 24 hours by the wall clock, or `--duration=MS` (FORMATS 1.7). */
export function checkinText(world: World, args: readonly string[]): string {
  const given = args.find((arg) => arg.startsWith('--duration='));
  const lastsMs = given === undefined ? 86_400_000 : Number(given.slice('--duration='.length)) || 86_400_000;
  const endUs = Math.floor(world.wallUs(world.nowUs) / 1_000_000) * 1_000_000;
  const startUs = endUs - lastsMs * 1000;
  const lines = [`v1,${startUs / 1_000_000},${endUs / 1_000_000}`];
  const table = (title: string, recorder: Recorder): void => {
    lines.push(title);
    for (const [prefix, type] of [
      ['cell', MOBILE],
      ['wifi', WIFI],
    ] as const) {
      const entries = world.entries.filter((entry: Entry) => entry.ident.members[0]!.type === type);
      const keyOf = (): string => prefix;
      for (const series of seriesOf({ recorder, entries, keyOf })) {
        const buckets = series.buckets.filter(
          (b: Bucket) => b.startUs >= startUs && b.startUs + series.bucketUs <= endUs,
        );
        if (buckets.length === 0) continue;
        lines.push(
          `c,${prefix},${series.uid},${setNames[series.set] ?? 'unk'},${series.tag}`,
          `d,${series.bucketUs / 1_000_000}`,
        );
        for (const b of buckets)
          lines.push(
            `b,${b.startUs / 1_000_000},${b.received},${b.receivedPackets},${b.sent},${b.sentPackets},${b.operations}`,
          );
      }
    }
  };
  table('xt', 'xt');
  if (args.includes('--uid') || args.includes('detail')) table('uid', 'uid');
  if (args.includes('--tag') || args.includes('detail')) table('tag', 'uid_tag');
  return `${lines.join('\n')}\n`;
}
