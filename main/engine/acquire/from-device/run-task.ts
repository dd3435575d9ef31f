import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, Origin } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CommandResult, DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import { type ClockReading, offsetOf, readClockAnswer } from './clock-offset.ts';
import { type Judgement, judge } from './judge.ts';
import { KeptAnswer } from './kept-answer.ts';
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

/** Sections whose answers are never empty on a phone that answers at all. */
const neverEmpty = new Set([
  'getprop',
  'dumpsys netstats',
  'dumpsys package',
  'pm list users',
  'pm list packages',
  'clock',
]);

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
  const kept = await open.finish({ state: judged.state, exit, hostBeforeUs, hostAfterUs, ...offsetFacts(at.offset) });
  return kept ? [kept.id] : [];
}

const offsetFacts = (offset: ClockOffset | null) => ({
  offsetMs: offset?.offsetMs ?? null,
  offsetErrorMs: offset?.errorMs ?? null,
});

/** Tries the row's commands in order until one is understood. Rejects only with what the keeper throws. */
export async function runCommandTask(task: Task, at: TaskSurroundings): Promise<TaskOutcome> {
  const evidence: string[] = [];
  let outcome: TaskOutcome | null = null;
  for (const pattern of task.row.commands) {
    const command = pattern.replaceAll('{user}', String(task.user ?? 0));
    outcome = await tryCommand(task, command, at, evidence);
    if (outcome.state !== 'unavailable') break;
  }
  if (!outcome) throw new Error(`the row ${task.row.id} of the plan has no command`);
  return outcome;
}

async function tryCommand(task: Task, command: string, at: TaskSurroundings, evidence: string[]): Promise<TaskOutcome> {
  const answer = new KeptAnswer(at.keep, {
    name: task.title,
    origin: originOf(task, command, 'stdout'),
    section: task.row.section,
  });
  try {
    const options = { timeoutMs: task.row.timeoutMs, signal: at.signal };
    const result = await at.bridge.run(at.serial, command, options, async (chunk) => {
      await answer.write(chunk);
      at.received(answer.bytes);
    });
    const judged = judge({
      ending: result.ending,
      exit: result.exit,
      bytes: answer.bytes,
      head: answer.head,
      tail: answer.tail,
      stderr: errors.decode(result.stderr),
      neverEmpty: neverEmpty.has(task.row.section ?? ''),
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
  const [command] = task.row.commands;
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
  try {
    for (let sample = 0; sample < wanted; sample += 1) {
      const chunks: Uint8Array[] = [];
      let arrivedUs: number | null = null;
      const options = { timeoutMs: task.row.timeoutMs, signal: at.signal };
      last = await at.bridge.run(at.serial, command, options, async (chunk) => {
        arrivedUs ??= at.clock.now();
        chunks.push(new Uint8Array(chunk));
        await answer.write(chunk);
        at.received(answer.bytes);
      });
      firstUs ??= last.hostBeforeUs;
      if (last.ending !== 'exit') break;
      const read = readClockAnswer(errors.decode(Buffer.concat(chunks)));
      if (!read) break;
      const hostAfterUs = Math.max(last.hostBeforeUs, arrivedUs ?? last.hostAfterUs);
      readings.push({ ...read, hostBeforeUs: last.hostBeforeUs, hostAfterUs });
      if (read.resolutionUs >= 1_000_000) {
        wanted = slowSamples;
        await pause(slowPauseMs, at.signal);
      }
    }
    const offset = offsetOf(readings);
    const judged = judgeClock(last!, readings.length, wanted, answer.head);
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

function judgeClock(last: CommandResult, read: number, wanted: number, head: string): Judgement {
  if (last.ending === 'exit' && read === 0) {
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
  });
  // The comparison stopped half way for a reason that is no fault of the last answer's form.
  return judged.state === 'complete'
    ? { state: 'truncated', why: `Only ${read} of ${wanted} comparisons could be read.` }
    : judged;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
