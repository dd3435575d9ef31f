import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, Origin } from '../../model/evidence.ts';
import type { CommandEnding, CommandResult } from '../../ports/device-bridge.ts';
import type { Judgement } from './judge.ts';
import type { Task } from './step-board.ts';
import type { TaskSurroundings } from './task-types.ts';

/** Where the bytes of a task come from. */
export function originOf(task: Task, command: string, stream: 'stdout' | 'stderr'): Origin {
  return { kind: 'command', step: task.id, command, stream, user: task.user };
}

/** The clock's offset as it stands with each piece of evidence; null where it was not measured yet. */
export const offsetFacts = (offset: ClockOffset | null) => ({
  offsetMs: offset?.offsetMs ?? null,
  offsetErrorMs: offset?.errorMs ?? null,
});

/** What a command said on standard error, as evidence of its own; gives its id, or nothing where it said nothing. */
export async function keepErrors(
  task: Task,
  command: string,
  result: CommandResult,
  judged: Judgement,
  at: TaskSurroundings,
): Promise<Evidence['id'][]> {
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

/** How a command ended for this acquisition: one that was ended from here because the phone had gone was not cancelled. */
export function endingFor(result: CommandResult, at: TaskSurroundings): CommandEnding {
  return result.ending === 'cancelled' && at.lost?.aborted && !at.signal.aborted ? 'phone gone' : result.ending;
}

/** Ends with the acquisition, and where the phone is known to have gone. */
export function signalFor({ signal, lost }: TaskSurroundings, ...more: readonly AbortSignal[]): AbortSignal {
  return AbortSignal.any([signal, ...(lost ? [lost] : []), ...more]);
}
