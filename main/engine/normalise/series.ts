import type { SeriesRecord } from '../model/record.ts';
import type { Network } from './network.ts';

/** Why the buckets of a series must not enter a sum; null: they do. The words are shown to people. */
export type NotCounted =
  | 'device total'
  | 'interface total'
  | 'tag row'
  | 'vpn duplicate'
  | 'vpn tunnel'
  | 'unknown set'
  | null;

/**
 * Decides whether a series is a sum of its own or a part or copy of another (NetworkStatsService keeps the same bytes
 * in up to five places). Only per-app rows without a tag, on a physical network, in one of the two real sets count.
 */
export function notCounted(series: SeriesRecord, network: Network): NotCounted {
  if (series.recorder === 'dev') return 'device total';
  if (series.recorder === 'xt') return 'interface total';
  if (series.recorder === 'uid_tag' || series.tag !== 0) return 'tag row';
  if (series.set === 'vpn in' || series.set === 'vpn out') return 'vpn duplicate';
  if (network.vpn) return 'vpn tunnel';
  if (series.set !== 'default' && series.set !== 'foreground') return 'unknown set';
  return null;
}

/** 1 in front, 0 behind or unknown to the phone, null where the question does not arise. */
export function foregroundOf(series: SeriesRecord): 0 | 1 | null {
  if (series.set === 'foreground') return 1;
  return series.set === 'default' ? 0 : null;
}
