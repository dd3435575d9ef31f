import { setTimeout as wait } from 'node:timers/promises';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { CommandResult } from '../../ports/device-bridge.ts';
import { type ClockReading, offsetOf, readClockAnswer } from './clock-offset.ts';
import { type Judgement, judge } from './judge.ts';
import { KeptAnswer } from './kept-answer.ts';
import { linesFor } from './plan.ts';
import type { Task } from './step-board.ts';
import { endingFor, keepErrors, offsetFacts, originOf, signalFor } from './task-evidence.ts';
import type { TaskOutcome, TaskSurroundings } from './task-types.ts';

const leastSamples = 9;
/** Each sample has its own two times of the host: what they cost each other shows in their own errors. */
const samplesAtOnce = 4;
/** A phone that tells whole seconds is asked at this distance, until its clock has ticked or so many samples were taken. */
const slowPauseMs = 100;
const mostSlowSamples = 17;
const wholeSecondUs = 1_000_000;

const text = new TextDecoder();

interface Sample {
  readonly result: CommandResult;
  readonly bytes: Uint8Array;
  readonly reading: ClockReading | null;
  readonly cut: boolean;
}

/** Asks once. An answer that is longer than the row allows is no time, and is cut. */
async function sampleOf(task: Task, command: string, at: TaskSurroundings): Promise<Sample> {
  const limit = new AbortController();
  const chunks: Uint8Array[] = [];
  let taken = 0;
  let arrivedUs: number | null = null;
  const options = { timeoutMs: task.row.timeoutMs, signal: signalFor(at, limit.signal) };
  const result = await at.bridge.run(at.serial, command, options, (chunk) => {
    arrivedUs ??= at.clock.now();
    const part = chunk.slice(0, task.row.mostBytes - taken);
    taken += part.length;
    chunks.push(part);
    if (part.length < chunk.length) limit.abort();
  });
  const bytes = Buffer.concat(chunks);
  const cut = limit.signal.aborted;
  const read = result.ending === 'exit' && !cut ? readClockAnswer(text.decode(bytes)) : null;
  const hostAfterUs = Math.max(result.hostBeforeUs, arrivedUs ?? result.hostAfterUs);
  return { result, bytes, cut, reading: read && { ...read, hostBeforeUs: result.hostBeforeUs, hostAfterUs } };
}

/**
 * Samples taken at the same time, or one after the other at that distance until the second is another than `first`: then the clock has
 * ticked, and there is nothing more to wait for. Rejects after all have ended.
 */
async function roundOf(
  ask: () => Promise<Sample>,
  pauseMs: number,
  first: ClockReading | null,
  signal: AbortSignal,
): Promise<Sample[]> {
  const ticked = new AbortController();
  const waiting = { signal: AbortSignal.any([signal, ticked.signal]) };
  const asked = Array.from({ length: samplesAtOnce }, async (_, n) => {
    if (n > 0 && pauseMs > 0) await wait(n * pauseMs, undefined, waiting).catch(() => {});
    const sample = await ask();
    if (sample.reading?.phoneUs !== first?.phoneUs) ticked.abort();
    return sample;
  });
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

/**
 * Compares the clocks: the same question nine times or more, the answers in one piece of evidence as they came, the host's
 * times of each in the custody log. The first is asked alone: it tells whether the phone can answer, and whether it knows
 * fractions of a second. Rejects only with what the keeper throws.
 */
export async function runClockTask(
  task: Task,
  at: TaskSurroundings,
): Promise<{ readonly outcome: TaskOutcome; readonly offset: ClockOffset | null }> {
  const [command] = linesFor(task.row, at.sdk);
  if (command === undefined) throw new Error(`the row ${task.row.id} of the plan has no command`);
  const answer = new KeptAnswer(at.keep, {
    name: task.title,
    origin: originOf(task, command, 'stdout'),
    section: task.row.section,
  });
  const ask = () => sampleOf(task, command, at);
  const samples: Sample[] = [];
  const { mostBytes } = task.row;
  let cutAt: number | null = null;
  try {
    const keep = async (sample: Sample) => {
      const part = sample.bytes.subarray(0, mostBytes - answer.bytes);
      if (sample.cut || part.length < sample.bytes.length) cutAt = mostBytes;
      if (part.length > 0) await answer.write(part);
      at.received(answer.bytes);
      samples.push(sample);
    };
    await keep(await ask());
    for (let pauseMs = pauseAfter(samples); pauseMs !== null; pauseMs = pauseAfter(samples)) {
      for (const sample of await roundOf(ask, pauseMs, samples[0]?.reading ?? null, at.signal)) await keep(sample);
    }
    const readings = samples.map(({ reading }) => reading).filter((reading) => reading !== null);
    const { result } = samples.find(({ reading }) => reading === null) ?? samples.at(-1)!;
    const offset = offsetOf(readings);
    const judged = judgeClock({ ...result, ending: endingFor(result, at) }, readings.length, answer.head, cutAt);
    const hostBeforeUs = Math.min(...samples.map((sample) => sample.result.hostBeforeUs));
    const hostAfterUs = Math.max(...samples.map((sample) => sample.result.hostAfterUs));
    const { exit } = result;
    const facts = { state: judged.state, exit, hostBeforeUs, hostAfterUs, ...offsetFacts(offset) };
    const id = await answer.finish(facts);
    const evidence = id === null ? [] : [id];
    evidence.push(...(await keepErrors(task, command, result, judged, at)));
    await at.keep.log('clock.compared', { step: task.id, evidence: id, offset, readings });
    const connection = endingFor(result, at) === 'phone gone' ? 'lost' : 'held';
    return {
      offset,
      outcome: { ...judged, command, exit, bytes: answer.bytes, evidence, head: answer.head, connection },
    };
  } catch (error) {
    await answer.discard();
    throw error;
  }
}

/** At what distance the next samples are asked for, milliseconds; null: there are enough, or the phone tells no time. */
function pauseAfter(samples: readonly Sample[]): number | null {
  const read = samples.map(({ reading }) => reading?.phoneUs);
  if (read.includes(undefined)) return null;
  const slow = (samples[0]?.reading?.resolutionUs ?? 0) >= wholeSecondUs;
  // Whole seconds bound the offset closely where the clock ticked between two of them.
  const waits = slow && new Set(read).size === 1 && samples.length < mostSlowSamples;
  if (samples.length >= leastSamples && !waits) return null;
  return waits ? slowPauseMs : 0;
}

function judgeClock(last: CommandResult, read: number, head: string, cutAt: number | null): Judgement {
  if (cutAt === null && last.ending === 'exit' && read === 0) {
    return { state: 'unavailable', why: 'The phone’s answer to “date” could not be read as a time.' };
  }
  if (read >= leastSamples) return { state: 'complete', why: null };
  const judged = judge({
    ending: last.ending,
    exit: last.exit,
    bytes: head.length,
    head,
    tail: '',
    stderr: text.decode(last.stderr),
    neverEmpty: true,
    cutAt,
  });
  // The comparison stopped half way for a reason that is no fault of the last answer's form.
  return judged.state === 'complete'
    ? { state: 'truncated', why: `Only ${read} of ${leastSamples} comparisons could be read.` }
    : judged;
}
