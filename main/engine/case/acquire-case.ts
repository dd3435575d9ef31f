import { Failure } from '../../../shared/base/failure.ts';
import { noPhoneAdvice } from '../../../shared/text/phone-advice.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import { acquireFromDevice, type DeviceAcquisition, restartWords } from '../acquire/from-device/acquire-from-device.ts';
import { choosePhone, phoneName } from '../acquire/from-device/choose-phone.ts';
import { acquireLive } from '../acquire/from-device/live/acquire-live.ts';
import { acquisitionPlan } from '../acquire/from-device/plan.ts';
import { planWith } from '../acquire/from-device/plan-chosen.ts';
import type { AcquireChoice, Work } from '../engine-api.ts';
import type { DeviceBridge } from '../ports/device-bridge.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { askForChoices, choiceFacts, choicesOf, packetsOf, withPackets, withPrepared } from './acquire-choices.ts';
import { closeInterrupted, deriveMissing } from './catch-up.ts';
import { earlierAcquisition } from './earlier-acquisition.ts';
import { liveFeed } from './live/feed-of-case.ts';
import { nextBatch } from './next-batch.ts';
import type { CaseParts } from './parts.ts';
import { recordPhone } from './phone-log.ts';
import { type WriteSession, withCase } from './write-session.ts';

const PROBE_MS = 5000;
const PROBE_BYTES = 4096;

/** The phone's own serial, which stays the same over USB and over the network; adb's name for it where it has none. */
export async function hardwareSerial(bridge: DeviceBridge, serial: string, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const { ending } = await bridge.run(serial, 'getprop ro.serialno', { timeoutMs: PROBE_MS, signal }, (chunk) => {
    if (bytes < PROBE_BYTES) chunks.push(chunk.slice(0, PROBE_BYTES - bytes));
    bytes += chunk.length;
  });
  // Half a serial would be the name of another phone.
  if (signal.aborted) throw new Failure('cancelled', 'The acquisition was cancelled before it began.');
  if (ending === 'phone gone') throw new Failure('phone-gone', `The phone ${serial} has gone.`, noPhoneAdvice);
  const [said = ''] = Buffer.concat(chunks).toString('utf8').trim().split('\n', 1);
  return plainText(said.trim(), 100) || serial;
}

/** A case tells of one phone: an acquisition of another one would mix two histories. */
export async function refuseOtherPhone(session: WriteSession, paths: CasePaths, serial: string): Promise<void> {
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
  choice: AcquireChoice,
  work: Work,
): Promise<AcquireOutcome> {
  // What cannot be taken by its very form is said before a phone is asked anything.
  choicesOf(choice, null);
  if (choice.packets && choice.profile !== 'live' && !choice.resume) {
    throw new Failure('wrong-use', 'Packets are streamed while they pass: choose the live profile.');
  }
  return withCase(paths, parts.clock, async (session) => {
    const { database } = session;
    const began = parts.clock.now();
    await closeInterrupted(paths, session, parts.clock);
    await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    work.progress.now('Looking for the phone', 0);
    const recorded = recordPhone(parts.bridge, parts.clock);
    const phone = await choosePhone(recorded.bridge, choice.serial, work.signal);
    const serial = await hardwareSerial(recorded.bridge, phone.serial, work.signal);
    await refuseOtherPhone(session, paths, serial);
    const resumed = choice.resume ? await earlierAcquisition(paths, serial) : null;
    const earlier = resumed?.earlier ?? null;
    const profile = resumed?.profile ?? choice.profile;
    const extras = [...new Set([...(resumed?.extras ?? []), ...(choice.extras ?? [])])];
    const choices = choicesOf(choice, resumed?.choices ?? null);
    const { vault, batch } = await nextBatch(paths, session, parts, {
      kind: 'acquisition',
      serial,
      connection: phone.serial,
      model: phoneName(phone),
      profile,
      ...(earlier && { continues: earlier.batch }),
      ...(extras.length > 0 && { extras }),
      ...choiceFacts(choices),
    });
    let acquired: DeviceAcquisition | null = null;
    let seen: AcquireOutcome['live'] | null = null;
    let ended: unknown = null;
    await vault.reserve();
    try {
      await recorded.into(vault);
      const hardware = serial === phone.serial ? null : serial;
      const { bridge } = recorded;
      const asking = { bridge, phone, hardwareSerial: hardware, waitMs: choice.waitMs ?? 0, keep: vault, work };
      const chosen = await askForChoices(asking, choices);
      const walk = {
        bridge: recorded.bridge,
        clock: parts.clock,
        serial: chosen.phone.serial,
        phone: chosen.phone,
        plan: planWith(acquisitionPlan, chosen.prepared.rows),
        extras,
        progress: work.progress,
        signal: work.signal,
        keep: recorded.listening(vault),
        waitMs: choice.waitMs ?? 0,
        hardwareSerial: hardware,
        earlier,
        mostAtOnce: parts.oneByOne ? 1 : Number.POSITIVE_INFINITY,
      };
      if (profile === 'live') {
        const listener = liveFeed(paths, database, parts, batch, choice, work);
        const { forMs = null } = choice;
        const packets = packetsOf(choices, chosen.prepared);
        const live = {
          listener,
          forMs,
          quietBridge: parts.bridge,
          companions: packets ? [packets] : [],
          pace: parts.livePace,
        };
        const watched = await acquireLive({ ...walk, ...live }).finally(() => listener.close());
        acquired = withPackets(watched, packets);
        seen = watched.live ?? null;
      } else acquired = await acquireFromDevice({ ...walk, profile });
      acquired = withPrepared(acquired, chosen.prepared);
    } catch (error) {
      ended = error;
    }
    const missing = [
      ...(acquired?.notes.filter((note) => note.startsWith(restartWords)) ?? []),
      ...(acquired?.usersMissing ?? []),
      ...(acquired?.refused.map((one) => `${one.command}: ${one.state}. ${one.why}`) ?? []),
    ];
    const finish = async () => {
      await vault.keepCut();
      await vault.log('batch.finished', {
        state: acquired?.state ?? 'interrupted',
        offsetBefore: acquired?.offsetBefore ?? null,
        offsetAfter: acquired?.offsetAfter ?? null,
        clocks: acquired?.clocks ?? null,
        users: acquired?.users ?? [],
        missing: ended instanceof Error ? [...missing, ended.message] : missing,
        steps: acquired?.steps ?? [],
      });
      await vault.release();
      return deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    };
    if (!acquired) {
      // A full disk has ended it already; what cannot be written now is made good when the case is opened again.
      await finish().catch(() => {});
      await vault.release();
      throw ended;
    }
    const derived = await finish().finally(() => vault.release());
    const offset = acquired.offsetBefore ?? acquired.offsetAfter;
    return {
      evidence: vault.kept.length,
      events: derived.events,
      warnings: derived.warnings,
      refused: [...acquired.refused],
      durationMs: (parts.clock.now() - began) / 1000,
      offsetMs: offset?.offsetMs ?? null,
      offsetErrorMs: offset?.errorMs ?? null,
      driftMs: acquired.clocks ? acquired.clocks.changeUs / 1000 : null,
      driftErrorMs: acquired.clocks ? acquired.clocks.changeErrorUs / 1000 : null,
      state: acquired.state,
      users: [...acquired.users],
      notes: [...acquired.notes],
      ...(seen && { live: seen }),
    };
  });
}
