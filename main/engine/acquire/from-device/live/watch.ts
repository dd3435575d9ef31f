import type { ClockOffset, PlanRow } from '../../../model/acquisition.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { DeviceBridge } from '../../../ports/device-bridge.ts';
import { type BeatEnd, beat, type LiveSample } from './beat.ts';
import type { LiveCompanion } from './companion.ts';
import { LivePhone, type WatchedPhone } from './live-phone.ts';
import { type SegmentLimits, SegmentWriter } from './segment-writer.ts';

/** What the acquisition tells while it goes on; every call returns at once. Times in microseconds of the host's clock. */
export interface LiveListener {
  /** The loop begins; the first pass through the plan is over. */
  began(hostUs: number, offset: ClockOffset | null, rows: readonly PlanRow[]): void;
  sample(sample: LiveSample, offset: ClockOffset | null): void;
  /** A segment of a row is evidence now. */
  segment(row: PlanRow, segment: number, evidence: Evidence): void;
  lost(hostUs: number): void;
  returned(hostUs: number): void;
  /** Bytes that the companions have had so far. */
  companionBytes(bytes: number): void;
  ending(): void;
}

/** How often things are done; tests hurry. */
export interface LivePace {
  readonly segments: SegmentLimits;
  /** Milliseconds between two answers, in place of what the row says. */
  readonly periodMs?: (row: PlanRow) => number;
}

const usualPace: LivePace = { segments: { longestMs: 5 * 60_000, mostBytes: 4 * 1024 * 1024 } };

export interface WatchOptions extends WatchedPhone {
  /** Commands of the loop go through this one: their facts stand in the segments, not one by one in the custody log. */
  readonly quietBridge: DeviceBridge;
  /** The rows that are asked again and again, each with the line that the phone understood. */
  readonly rows: readonly { readonly row: PlanRow; readonly command: string }[];
  readonly companions: readonly LiveCompanion[];
  readonly listener: LiveListener;
  readonly pace?: LivePace | undefined;
  /** The end that the examiner wants. */
  readonly signal: AbortSignal;
  readonly forMs: number | null;
}

/** What came of watching. */
export interface Watched {
  readonly rows: readonly ({ readonly row: PlanRow; readonly command: string } & BeatEnd)[];
  readonly evidence: readonly Evidence['id'][];
  readonly notes: readonly string[];
  readonly connection: string;
  /** The phone was away when it ended. */
  readonly away: boolean;
}

/**
 * Watches a phone until `signal` is aborted or `forMs` are over: its rows each at its own pace, and its companions beside them. A
 * phone that goes away is waited for all the while. Resolves when all is kept; rejects only with what the keeper throws.
 */
export async function watch(options: WatchOptions): Promise<Watched> {
  const { bridge, quietBridge, clock, keep, rows, listener } = options;
  const pace = options.pace ?? usualPace;
  const failed = new AbortController();
  const ends = [options.signal, failed.signal];
  if (options.forMs !== null) ends.push(AbortSignal.timeout(options.forMs));
  const over = AbortSignal.any(ends);
  over.addEventListener('abort', () => listener.ending(), { once: true });
  const notes = new Set<string>();
  const evidence: Evidence['id'][] = [];
  const phone = new LivePhone({
    ...options,
    over,
    lost: () => listener.lost(clock.now()),
    returned(back) {
      options.returned(back);
      listener.returned(clock.now());
      options.progress.now('Watching the phone', null);
    },
  });
  await keep.log('live.began', {
    rows: rows.map(({ row, command }) => ({
      step: row.id,
      command,
      everyMs: pace.periodMs?.(row) ?? row.repeatMs ?? 0,
    })),
    companions: options.companions.map(({ id }) => id),
    forMs: options.forMs,
  });
  listener.began(
    clock.now(),
    options.offset,
    rows.map(({ row }) => row),
  );
  options.progress.now('Watching the phone', null);

  const writers = rows.map(
    ({ row }) =>
      new SegmentWriter(keep, row, pace.segments, (kept, segment) => {
        evidence.push(kept.id);
        listener.segment(row, segment, kept);
      }),
  );
  const beats = rows.map(async ({ row, command }, at) => {
    const end = await beat({
      row,
      command,
      periodMs: pace.periodMs?.(row) ?? row.repeatMs ?? 1000,
      phone,
      bridge: quietBridge,
      recorded: bridge,
      clock,
      keep,
      over,
      writer: writers[at]!,
      sample: (sample) => listener.sample(sample, phone.offset),
      note: (sentence) => void notes.add(sentence),
    });
    return { row, command, ...end };
  });
  const companions = options.companions.map((companion) => accompany(companion, phone, options, over, notes));
  const running = [...beats, ...companions].map((one) =>
    one.catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  // Where the phone refuses everything there is nothing to wait for.
  void Promise.allSettled(running).then(() => failed.abort());
  const settled = await Promise.allSettled(running);
  await phone.ready();
  const broken = settled.find((one) => one.status === 'rejected');
  if (broken) {
    // What the disk still takes of the other rows is kept; the rest is the keeper's.
    for (const writer of writers) await writer.close('end').catch(() => {});
    throw broken.reason;
  }
  for (const writer of writers) await writer.close('end');
  const ended = await Promise.all(beats);
  await keep.log('live.ended', {
    rows: ended.map(({ row, samples, failed: without, gaps, bytes }) => ({
      step: row.id,
      samples,
      failed: without,
      gaps,
      bytes,
    })),
    away: !phone.isHere,
  });
  return { rows: ended, evidence, notes: [...notes], connection: phone.connection, away: !phone.isHere };
}

/** Runs a companion once for each time that the phone is there. */
async function accompany(
  companion: LiveCompanion,
  phone: LivePhone,
  { bridge, clock, keep, sdk, words, listener }: WatchOptions,
  over: AbortSignal,
  notes: Set<string>,
): Promise<void> {
  let bytes = 0;
  while (!over.aborted) {
    await phone.ready();
    if (over.aborted) return;
    const { signal, connection, offset, losses } = phone;
    await companion.run({
      bridge,
      serial: connection,
      clock,
      keep,
      offset,
      sdk,
      words,
      signal,
      over,
      received(more) {
        bytes += more;
        listener.companionBytes(bytes);
      },
      note: (sentence) => void notes.add(sentence),
    });
    // It ended by itself: it is begun again only where the phone goes and comes back.
    if (!over.aborted && phone.losses === losses) await aborted(signal);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
