import { setTimeout as pause } from 'node:timers/promises';
import type { PlanRow } from '../../../model/acquisition.ts';
import type { SampleHead } from '../../../model/live-segment.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { DeviceBridge } from '../../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../../ports/evidence-keeper.ts';
import { livenessMs, phoneAnswers } from '../choose-phone.ts';
import { askRow } from './ask-row.ts';
import type { LivePhone } from './live-phone.ts';
import type { SamplePlace, SegmentWriter } from './segment-writer.ts';

/** So many periods without an answer, and no less than that, are a gap. */
const gapPeriods = 5;
const leastGapMs = 5000;
/** A difference of the two clocks of this computer that is no mere correction: it slept, or its clock was set. */
const jumpMs = 2000;

/** An answer of the loop, as it was kept. */
export interface LiveSample {
  readonly row: PlanRow;
  readonly stretch: number;
  readonly head: SampleHead;
  readonly bytes: Uint8Array;
  readonly place: SamplePlace;
}

export interface BeatOptions {
  readonly row: PlanRow;
  /** The line that the phone understood. */
  readonly command: string;
  readonly periodMs: number;
  readonly phone: LivePhone;
  /** Not the recorded one: the segments carry what the custody log would say of each command. */
  readonly bridge: DeviceBridge;
  /** For all else. */
  readonly recorded: DeviceBridge;
  readonly clock: Clock;
  readonly keep: EvidenceKeeper;
  readonly over: AbortSignal;
  readonly writer: SegmentWriter;
  sample(sample: LiveSample): void;
  /** A sentence that the examiner must read. */
  note(sentence: string): void;
}

/** How a beat ended: with the acquisition, or because the phone will not answer. */
export interface BeatEnd {
  readonly samples: number;
  readonly bytes: number;
  readonly failed: number;
  readonly gaps: number;
  readonly refused: { readonly state: SampleHead['state']; readonly why: string } | null;
}

/**
 * Asks one row again and again, at its pace: never twice at once, and a phone that is slow skips beats. What comes much too late, or
 * not at all, begins a new stretch. Ends with the acquisition, or where the phone refuses. Rejects with what the keeper throws.
 */
export async function beat(options: BeatOptions): Promise<BeatEnd> {
  const { row, command, periodMs, phone, bridge, recorded, clock, keep, over, writer } = options;
  const gapMs = Math.max(leastGapMs, gapPeriods * periodMs);
  const count = { samples: 0, bytes: 0, failed: 0, gaps: 0 };
  let stretch = 1;
  let last: { readonly ranMs: number; readonly hostUs: number } | null = null;
  let broken: string | null = null;
  let told = false;
  let { losses } = phone;
  let due = performance.now();
  const newStretch = async (why: string) => {
    stretch += 1;
    count.gaps += 1;
    await keep.log('live.gap', { step: row.id, stretch, lastUs: last?.hostUs ?? null, why });
  };
  for (;;) {
    await phone.ready();
    await pause(Math.max(0, due - performance.now()), undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    if (!phone.isHere) continue;
    const now = { ranMs: performance.now(), hostUs: clock.now() };
    if (losses !== phone.losses) broken ??= 'The connection to the phone was lost.';
    losses = phone.losses;
    if (last) {
      const ranMs = now.ranMs - last.ranMs;
      const hostMs = (now.hostUs - last.hostUs) / 1000;
      const jumped = Math.abs(hostMs - ranMs) > jumpMs;
      if (jumped) {
        broken ??= 'This computer slept, or its clock was set.';
        await phone.compareClocks();
      } else if (ranMs > gapMs) broken ??= 'The answer before is too long ago.';
      if (broken !== null) await newStretch(broken);
    }
    broken = null;
    const { connection } = phone;
    const asked = await askRow(row, command, count.samples + 1, { bridge, serial: connection, signal: phone.signal });
    due += Math.max(1, Math.ceil((performance.now() - due) / periodMs)) * periodMs;
    const { head, bytes } = asked;
    if (head.ending === 'cancelled' && phone.signal.aborted) continue;
    // What broke off with the connection is kept nowhere: it is a second of what the next look shows.
    if (head.ending === 'phone gone') {
      broken = 'The connection to the phone was lost.';
      phone.lose(`live ${row.id}`, broken, connection);
      continue;
    }
    count.samples += 1;
    count.bytes += bytes.length;
    const place = await writer.write(stretch, head, bytes, phone.offset);
    options.sample({ row, stretch, head, bytes, place });
    await writer.closeFull();
    if (head.state === 'refused' || head.state === 'unavailable') {
      const why = head.why ?? '';
      await keep.log('live.left-out', { step: row.id, state: head.state, why });
      return { ...count, refused: { state: head.state, why } };
    }
    if (head.state === 'truncated' && !told) options.note(`${row.title}, while it was watched: ${head.why}`);
    told ||= head.state === 'truncated';
    if (head.state === 'timed out' || head.state === 'interrupted') {
      count.failed += 1;
      broken = head.why ?? head.state;
      if (bytes.length === 0 && (await phoneAnswers(recorded, connection, phone.signal, livenessMs)) !== 'yes') {
        phone.lose(`live ${row.id}`, 'The phone stopped answering.', connection);
      }
    } else last = now;
    last ??= now;
  }
  return { ...count, refused: null };
}
