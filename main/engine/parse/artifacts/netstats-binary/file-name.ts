import type { SeriesRecord } from '../../../model/record.ts';

export type Recorder = SeriesRecord['recorder'];

/** What the name of a netstats file says: `uid.1677370094718-1678666645910`; an open end: still written to. */
export interface SaidByName {
  readonly recorder: Recorder | null;
  /** Milliseconds of UTC. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** Source: FileRotator (`prefix.start-end`) and NetworkStatsService (prefixes) of AOSP. */
export function saidByName(fileName: string): SaidByName {
  const name = fileName.replace(/\.(?:backup|no_backup)$/, '');
  const rotated = /^(dev|xt|uid_tag|uid)\.(\d{1,15})-(\d{1,15})?$/.exec(name);
  if (rotated) {
    return {
      recorder: rotated[1] as Recorder,
      fromMs: Number(rotated[2]),
      toMs: rotated[3] === undefined ? null : Number(rotated[3]),
    };
  }
  const loose = /(?:^|netstats[_.-])(dev|xt|uid_tag|uid)(?=[._-]|$)/.exec(name);
  return { recorder: loose ? (loose[1] as Recorder) : null, fromMs: null, toMs: null };
}
