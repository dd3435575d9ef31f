import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { AcquisitionExtra, AcquisitionProfile } from '../../../shared/types/acquisition.ts';
import type { Choices } from '../acquire/from-device/choices/prepare-choices.ts';
import type { EarlierAcquisition } from '../acquire/from-device/earlier.ts';
import { bootIdIn } from '../acquire/from-device/phone-start.ts';
import type { ClockOffset } from '../model/acquisition.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { type CustodyLine, readCustody } from '../store/custody-log.ts';
import { type BatchFacts, batchesOf, type KeptEvidence } from '../store/read-batches.ts';
import { choicesIn } from './acquire-choices.ts';

/** The acquisition that can be gone on with, and what was asked for in it. */
export interface Resumable {
  readonly earlier: EarlierAcquisition;
  readonly profile: AcquisitionProfile;
  readonly extras: readonly AcquisitionExtra[];
  readonly choices: Choices;
}

/**
 * What the last acquisition of the case has and how the phone had been started, read from the custody log and the evidence. It
 * must have been broken off (interrupted, cancelled, or cut by a crash), or steps of it must have been cut short: timed out or
 * truncated. What the phone refused or does not have is asked again then too, but is no reason to go on by itself. Rejects with
 * `wrong-use` where there is nothing to go on with.
 */
export async function earlierAcquisition(paths: CasePaths, serial: string): Promise<Resumable> {
  const { lines } = await readCustody(paths.custody);
  const batches = batchesOf(lines);
  const last = batches.findLast((batch) => batch.kind === 'acquisition');
  if (!last || last.serial !== serial || !isBroken(last)) {
    const why =
      last?.state === 'partial' && last.serial === serial
        ? `The last acquisition of the case ${paths.name} lacks only what the phone refused or does not have, so there is nothing to go on with.`
        : `The case ${paths.name} has no acquisition of this phone that was broken off last, so there is nothing to go on with.`;
    throw new Failure('wrong-use', why, 'Begin a new acquisition of the phone instead.');
  }
  const chain = chainOf(batches, last);
  const complete = new Map<string, { batch: number; evidence: string[] }>();
  for (const one of chain.flatMap(({ evidence }) => evidence)) {
    const { origin } = one;
    if (origin.kind !== 'command' || origin.stream !== 'stdout' || one.state !== 'complete') continue;
    complete.set(origin.step, { batch: one.batch, evidence: [one.id] });
  }
  const said = lines.find((line) => line.action === 'batch.started' && line.batch === last.id);
  return {
    earlier: { batch: last.id, complete, start: await startOf(paths, lines, chain) },
    profile: (said?.profile as AcquisitionProfile | undefined) ?? 'full',
    extras: (said?.extras as AcquisitionExtra[] | undefined) ?? [],
    choices: choicesIn(said),
  };
}

function isBroken({ state, unfinished }: BatchFacts): boolean {
  return state === 'interrupted' || state === 'cancelled' || (state === 'partial' && (unfinished ?? 0) > 0);
}

/** The acquisition and those that it went on with, the oldest first. */
function chainOf(batches: readonly BatchFacts[], last: BatchFacts): BatchFacts[] {
  const chain = [last];
  for (let at = last; at.continues !== null; ) {
    const before = batches.find(({ id }) => id === at.continues && id < at.id);
    if (!before) break;
    chain.unshift(before);
    at = before;
  }
  return chain;
}

async function startOf(paths: CasePaths, lines: readonly CustodyLine[], chain: readonly BatchFacts[]) {
  const ids = new Set(chain.map(({ id }) => id));
  const compared = lines.findLast(
    (line) => line.action === 'clock.compared' && ids.has(line.batch as number) && line.offset !== null,
  );
  const asked = chain
    .flatMap(({ evidence }) => evidence)
    .findLast(({ origin, state }) => state === 'complete' && isBootId(origin));
  // Its 37 bytes are all that is ever read of it.
  const text = asked ? await readFile(join(paths.evidence, asked.sha256), 'utf8').catch(() => '') : '';
  return { bootId: bootIdIn(text), offset: (compared?.offset as ClockOffset | undefined) ?? null };
}

const isBootId = (origin: KeptEvidence['origin']) =>
  origin.kind === 'command' && origin.stream === 'stdout' && /^boot id\b/.test(origin.step);
