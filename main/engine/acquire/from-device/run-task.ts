import type { PlanRow } from '../../model/acquisition.ts';
import type { RunOptions } from '../../ports/device-bridge.ts';
import { isStamped, judge } from './judge.ts';
import { KeptAnswer } from './kept-answer.ts';
import { linesFor } from './plan.ts';
import type { Task } from './step-board.ts';
import { endingFor, keepErrors, offsetFacts, originOf, signalFor } from './task-evidence.ts';
import type { TaskOutcome, TaskSurroundings } from './task-types.ts';

export { runClockTask } from './run-clock-task.ts';
export type { TaskOutcome, TaskSurroundings } from './task-types.ts';

const text = new TextDecoder();

/** The line as it is sent: what stands in braces is filled in. Null where a word that it needs is not known. */
function filledIn(pattern: string, task: Task, words: ReadonlyMap<string, string>): string | null {
  // The name of a file may hold anything, braces too.
  if (task.row.file) return pattern;
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
function limited(most: number, at: TaskSurroundings, take: (chunk: Uint8Array) => Promise<void>) {
  const limit = new AbortController();
  let taken = 0;
  return {
    signal: signalFor(at, limit.signal),
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

/** What the guard lets through for a row: what the examiner asked for, and nothing for an ordinary one. */
const allowedFor = ({ extra, choice }: PlanRow): NonNullable<RunOptions['allow']> => [
  ...(extra === null ? [] : [extra]),
  ...(choice === undefined ? [] : [choice]),
];

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
    const take = limited(row.mostBytes, at, async (chunk) => {
      await answer.write(chunk);
      at.received(answer.bytes);
    });
    const options = { timeoutMs: row.timeoutMs, signal: take.signal, allow: allowedFor(row) };
    const result = await at.bridge.run(at.serial, command, options, (chunk) => take.sink(chunk));
    const ending = endingFor(result, at);
    const judged = judge({
      ending,
      exit: result.exit,
      bytes: answer.bytes,
      head: answer.head,
      tail: answer.tail,
      stderr: text.decode(result.stderr),
      neverEmpty: row.neverEmpty,
      cutAt: take.cutAt,
      files: filesIn(command),
      wholeWith: row.wholeWith,
      stamped: isStamped(command),
      file: row.file,
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
      connection: ending === 'phone gone' ? 'lost' : 'held',
    };
  } catch (error) {
    await answer.discard();
    throw error;
  }
}
