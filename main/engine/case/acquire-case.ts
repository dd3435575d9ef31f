import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import { acquireFromDevice, type DeviceAcquisition } from '../acquire/from-device/acquire-from-device.ts';
import { choosePhone, phoneName } from '../acquire/from-device/choose-phone.ts';
import type { Work } from '../engine-api.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { EvidenceVault } from '../store/evidence-vault.ts';
import { closeInterrupted, deriveMissing } from './catch-up.ts';
import { knownEvidence } from './import-case.ts';
import type { CaseParts } from './parts.ts';
import { type WriteSession, withCase } from './write-session.ts';

const PROBE_MS = 5000;

/** The phone's own serial, which stays the same over USB and over the network; adb's name for it where it has none. */
async function hardwareSerial(parts: CaseParts, serial: string, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  await parts.bridge.run(serial, 'getprop ro.serialno', { timeoutMs: PROBE_MS, signal }, (chunk) => {
    chunks.push(chunk.slice());
  });
  return Buffer.concat(chunks).toString('utf8').trim().slice(0, 100) || serial;
}

/** A case tells of one phone: an acquisition of another one would mix two histories. */
async function refuseOtherPhone(session: WriteSession, paths: CasePaths, serial: string): Promise<void> {
  const earlier = await session.database.get<{ serial: string }>(
    `SELECT serial FROM batch WHERE kind = 'acquisition' AND serial IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (earlier && earlier.serial !== serial) {
    throw new Failure(
      'other-phone',
      `The case ${paths.name} belongs to the phone ${earlier.serial}; the one connected now is ${serial}.`,
      'Make a case of its own for this phone.',
    );
  }
}

/**
 * Acquires a phone into the case and derives what came. Rejects when no phone can be chosen, and then nothing is left in
 * the case; a phone that goes away in the middle leaves what it gave, and the answer says what is missing.
 */
export function acquireIntoCase(
  paths: CasePaths,
  parts: CaseParts,
  choice: { serial: string | null; profile: 'quick' | 'full' | 'live' },
  work: Work,
): Promise<AcquireOutcome> {
  const { profile } = choice;
  if (profile === 'live') {
    throw new Failure('unsupported', 'The live profile is not in this version.', 'Choose quick or full.');
  }
  return withCase(paths, parts.clock, async (session) => {
    const { database, custody } = session;
    const began = parts.clock.now();
    await closeInterrupted(paths, session, parts.clock);
    await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    work.progress.now('Looking for the phone', 0);
    const phone = await choosePhone(parts.bridge, choice.serial, work.signal);
    const serial = await hardwareSerial(parts, phone.serial, work.signal);
    await refuseOtherPhone(session, paths, serial);
    const before = await knownEvidence(database);
    const batch = before.batch + 1;
    const vault = new EvidenceVault({
      paths,
      custody,
      clock: parts.clock,
      batch,
      known: before.known,
      count: before.count,
      begin: () =>
        custody.append(isoOf(parts.clock.now()), 'batch.started', {
          batch,
          kind: 'acquisition',
          serial,
          connection: phone.serial,
          model: phoneName(phone),
          profile,
        }),
    });
    let acquired: DeviceAcquisition | null = null;
    let ended: unknown = null;
    try {
      acquired = await acquireFromDevice({
        bridge: parts.bridge,
        clock: parts.clock,
        serial: phone.serial,
        phone,
        profile,
        progress: work.progress,
        signal: work.signal,
        keep: vault,
      });
    } catch (error) {
      ended = error;
    }
    const missing = acquired?.refused.map((one) => `${one.command}: ${one.state}. ${one.why}`) ?? [];
    if (vault.kept.length > 0 || acquired) {
      await vault.log('batch.finished', {
        state: acquired?.state ?? 'interrupted',
        offsetBefore: acquired?.offsetBefore ?? null,
        offsetAfter: acquired?.offsetAfter ?? null,
        missing: ended instanceof Error ? [...missing, ended.message] : missing,
        steps: acquired?.steps ?? [],
      });
    }
    const derived = await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    if (!acquired) throw ended;
    const offset = acquired.offsetBefore ?? acquired.offsetAfter;
    return {
      evidence: vault.kept.length,
      events: derived.events,
      warnings: derived.warnings,
      refused: [...acquired.refused],
      durationMs: (parts.clock.now() - began) / 1000,
      offsetMs: offset?.offsetMs ?? null,
      offsetErrorMs: offset?.errorMs ?? null,
      state: acquired.state,
    };
  });
}
