import { setTimeout as wait } from 'node:timers/promises';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, Origin } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CommandResult, DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import { type ClockReading, offsetOf, readClockAnswer } from './clock-offset.ts';
import { type Judgement, judge } from './judge.ts';
import { KeptAnswer } from './kept-answer.ts';
import { linesFor } from './plan.ts';
import type { Task } from './step-board.ts';

/** What tasks need from around them. */
export interface TaskSurroundings {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  readonly serial: string;
  readonly keep: EvidenceKeeper;
  readonly signal: AbortSignal;
  /** Phone minus host, where it has been measured. */
  readonly offset: ClockOffset | null;
  /** SDK number of the phone, or null while it is not known. */
  readonly sdk: number | null;
  /** What stands for names in braces in the plan's lines, besides the user. */
  readonly words: ReadonlyMap<string, string>;
  received(bytes: number): void;
}

/** What came of one task. */
export interface TaskOutcome extends Judgement {
  /** The command that decided: the last one that was tried. */
  readonly command: string;
  readonly exit: number | null;
  readonly bytes: number;
  /** Evidence of every try, in order, standard error included. */
  readonly evidence: readonly Evidence['id'][];
  /** The first kilobytes of the answer as text. */
  readonly head: string;
  readonly connection: 'held' | 'lost';
}

const fastSamples = 9;
/** Phones that tell whole seconds are asked more often and over more than a second, so that a tick falls in between. */
const slowSamples = 16;
const slowPauseMs = 75;

const errors = new TextDecoder();

function originOf(task: Task, command: string, stream: 'stdout' | 'stderr'): Origin {
  return { kind: 'command', step: task.id, command, stream, user: task.user };
}

async function keepErrors(task: Task, command: string, result: CommandResult, judged: Judgement, at: TaskSurroundings) {
  if (result.stderr.length === 0) return [];
  const open = await at.keep.open({
    name: `${task.title}, standard error`,
    origin: originOf(task, command, 'stderr'),
    section: null,
  });
  try {
    await open.write(result.stderr);
  } catch (error) {
    await open.discard();
    throw error;
  }
  const { hostBeforeUs, hostAfterUs, exit } = result;
  const state = result.stderrCut && judged.state === 'complete' ? 'truncated' : judged.state;
  const kept = await open.finish({ state, exit, hostBeforeUs, hostAfterUs, ...offsetFacts(at.offset) });
  return kept ? [kept.id] : [];
}

const offsetFacts = (offset: ClockOffset | null) => ({
  offsetMs: offset?.offsetMs ?? null,
  offsetErrorMs: offset?.errorMs ?? null,
});

/** The line as it is sent: what stands in braces is filled in. Null where a word that it needs is not known. */
function filledIn(pattern: string, task: Task, words: ReadonlyMap<string, string>): string | null {
  let whole = true;
  const line = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'user') return String(task.user ?? 0);
    const word = words.get(name);
    if (word === undefined) whole = false;
    return word ?? '';
  });
  return whole ? line : null;
}

/** Tries the row's commands in order until one is understood. Rejects only with what the keeper throws. */
export async function runCommandTask(task: Task, at: TaskSurroundings): Promise<TaskOutcome> {
  const evidence: string[] = [];
  let outcome: TaskOutcome | null = null;
  for (const pattern of linesFor(task.row, at.sdk)) {
    const command = filledIn(pattern, task, at.words);
    if (command === null) continue;
    if (task.row.changes !== null && task.row.extra !== null) {
      await at.keep.log('phone.change', { step: task.id, asked: task.row.extra, command, changes: task.row.changes });
    }
    outcome = await tryCommand(task, command, at, evidence);
    if (outcome.state !== 'unavailable') break;
  }
  return outcome ?? unasked(task);
}

/** A row whose line needs what an earlier row did not give. */
function unasked(task: Task): TaskOutcome {
  return {
    state: 'unavailable',
    why: 'What it needs was not had by the step before it.',
    command: task.row.commands[0]?.line ?? '',
    exit: null,
    bytes: 0,
    evidence: [],
    head: '',
    connection: 'held',
  };
}

/** Takes what a command says as far as the row's limit, and ends the command there. */
function limited(most: number, signal: AbortSignal, take: (chunk: Uint8Array) => Promise<void>) {
  const limit = new AbortController();
  let taken = 0;
  return {
    signal: AbortSignal.any([signal, limit.signal]),
    get cutAt(): number | null {
      return limit.signal.aborted ? most : null;
    },
    async sink(chunk: Uint8Array): Promise<void> {
      if (limit.signal.aborted) return;
      const room = most - taken;
      const part = chunk.length <= room ? chunk : chunk.subarray(0, room);
      taken += part.length;
      if (part.length > 0) await take(part);
      if (part.length < chunk.length) limit.abort();
    },
  };
}

/** Files of the kernel that one line asks for together. */
const filesIn = (command: string): string[] => command.match(/\/proc\/net\/[\w/]+/g) ?? [];

async function tryCommand(task: Task, command: string, at: TaskSurroundings, evidence: string[]): Promise<TaskOutcome> {
  const { row } = task;
  const answer = new KeptAnswer(at.keep, {
    name: task.title,
    origin: originOf(task, command, 'stdout'),
    section: row.section,
  });
  try {
    const take = limited(row.mostBytes, at.signal, async (chunk) => {
      await answer.write(chunk);
      at.received(answer.bytes);
    });
    const options = {
      timeoutMs: row.timeoutMs,
      signal: take.signal,
      ...(row.extra !== null && { allow: [row.extra] }),
    };
    const result = await at.bridge.run(at.serial, command, options, (chunk) => take.sink(chunk));
    const judged = judge({
      ending: result.ending,
      exit: result.exit,
      bytes: answer.bytes,
      head: answer.head,
      tail: answer.tail,
      stderr: errors.decode(result.stderr),
      neverEmpty: row.neverEmpty,
      cutAt: take.cutAt,
      files: filesIn(command),
      wholeWith: row.wholeWith,
    });
    const { hostBeforeUs, hostAfterUs, exit } = result;
    const facts = { state: judged.state, exit, hostBeforeUs, hostAfterUs, ...offsetFacts(at.offset) };
    const id = await answer.finish(facts);
    if (id !== null) evidence.push(id);
    evidence.push(...(await keepErrors(task, command, result, judged, at)));
    return {
      ...judged,
      command,
      exit,
      bytes: answer.bytes,
      evidence,
      head: answer.head,
      connection: result.ending === 'phone gone' ? 'lost' : 'held',
    };
  } catch (error) {
    await answer.discard();
    throw error;
  }
}

/**
 * Compares the clocks: the same question several times, the answers in one piece of evidence as they came, the host's
 * times of each in the custody log.
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
  const readings: ClockReading[] = [];
  let last: CommandResult | null = null;
  let firstUs: number | null = null;
  let wanted = fastSamples;
  let cutAt: number | null = null;
  try {
    for (let sample = 0; sample < wanted; sample += 1) {
      const chunks: Uint8Array[] = [];
      let arrivedUs: number | null = null;
      const take = limited(task.row.mostBytes - answer.bytes, at.signal, async (chunk) => {
        arrivedUs ??= at.clock.now();
        chunks.push(new Uint8Array(chunk));
        await answer.write(chunk);
        at.received(answer.bytes);
      });
      const options = { timeoutMs: task.row.timeoutMs, signal: take.signal };
      last = await at.bridge.run(at.serial, command, options, (chunk) => take.sink(chunk));
      firstUs ??= last.hostBeforeUs;
      cutAt = take.cutAt === null ? null : task.row.mostBytes;
      if (last.ending !== 'exit' || cutAt !== null) break;
      const read = readClockAnswer(errors.decode(Buffer.concat(chunks)));
      if (!read) break;
      const hostAfterUs = Math.max(last.hostBeforeUs, arrivedUs ?? last.hostAfterUs);
      readings.push({ ...read, hostBeforeUs: last.hostBeforeUs, hostAfterUs });
      if (read.resolutionUs >= 1_000_000) {
        wanted = slowSamples;
        await wait(slowPauseMs, undefined, { signal: at.signal }).catch(() => {});
      }
    }
    const offset = offsetOf(readings);
    const judged = judgeClock(last!, readings.length, wanted, answer.head, cutAt);
    const { hostAfterUs, exit } = last!;
    const facts = { state: judged.state, exit, hostBeforeUs: firstUs!, hostAfterUs, ...offsetFacts(offset) };
    const id = await answer.finish(facts);
    const evidence = id === null ? [] : [id];
    evidence.push(...(await keepErrors(task, command, last!, judged, at)));
    await at.keep.log('clock.compared', { step: task.id, evidence: id, offset, readings });
    const connection = last!.ending === 'phone gone' ? 'lost' : 'held';
    return {
      offset,
      outcome: { ...judged, command, exit, bytes: answer.bytes, evidence, head: answer.head, connection },
    };
  } catch (error) {
    await answer.discard();
    throw error;
  }
}

function judgeClock(last: CommandResult, read: number, wanted: number, head: string, cutAt: number | null): Judgement {
  if (cutAt === null && last.ending === 'exit' && read === 0) {
    return { state: 'unavailable', why: 'The phone’s answer to “date” could not be read as a time.' };
  }
  if (read >= wanted) return { state: 'complete', why: null };
  const judged = judge({
    ending: last.ending,
    exit: last.exit,
    bytes: head.length,
    head,
    tail: '',
    stderr: errors.decode(last.stderr),
    neverEmpty: true,
    cutAt,
  });
  // The comparison stopped half way for a reason that is no fault of the last answer's form.
  return judged.state === 'complete'
    ? { state: 'truncated', why: `Only ${read} of ${wanted} comparisons could be read.` }
    : judged;
}
