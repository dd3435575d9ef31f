import { Failure } from '../../../shared/base/failure.ts';
import type { DeviceView } from '../../../shared/types/device.ts';
import type { DeviceAcquisition } from '../acquire/from-device/acquired.ts';
import { type PacketStream, packetStream } from '../acquire/from-device/choices/packet-stream.ts';
import {
  type Choices,
  checkChoices,
  type PreparedChoices,
  prepareChoices,
} from '../acquire/from-device/choices/prepare-choices.ts';
import { waitForPhone } from '../acquire/from-device/wait-for-phone.ts';
import type { AcquireChoice, Work } from '../engine-api.ts';
import type { DeviceBridge } from '../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../ports/evidence-keeper.ts';

/** A phone that goes while it is asked what was chosen is asked anew so often. */
const mostTries = 3;

/**
 * What was chosen by name, together with what was chosen in the acquisition that this one goes on with. Throws Failure
 * `wrong-use` for what cannot be taken by its very form.
 */
export function choicesOf(choice: AcquireChoice, before: Choices | null): Choices {
  const choices = {
    root: choice.root === true || before?.root === true,
    files: [...new Set([...(before?.files ?? []), ...(choice.files ?? [])])],
    apks: [...new Set([...(before?.apks ?? []), ...(choice.apks ?? [])])],
    packets: choice.packets === true || before?.packets === true,
  };
  checkChoices(choices);
  return choices;
}

/** The choices as the first line of the batch has them: only those that were made. */
export const choiceFacts = ({ root, files, apks, packets }: Choices) => ({
  ...(root && { root }),
  ...(files.length > 0 && { files }),
  ...(apks.length > 0 && { apks }),
  ...(packets && { packets }),
});

/** Reads them back from such a line; what is not of that form counts as not chosen. */
export function choicesIn(line: Readonly<Record<string, unknown>> | undefined): Choices {
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
  return {
    root: line?.root === true,
    files: texts(line?.files),
    apks: texts(line?.apks),
    packets: line?.packets === true,
  };
}

const nothing: PreparedChoices = { rows: [], steps: [], notes: [], access: null };

/**
 * Asks the phone what is needed to take what was chosen. A phone that goes meanwhile is waited for; one that stays away, and a
 * cancel, leave a step that says so. Rejects with what the keeper throws.
 */
export async function askForChoices(
  at: {
    readonly bridge: DeviceBridge;
    readonly phone: DeviceView;
    readonly hardwareSerial: string | null;
    readonly waitMs: number;
    readonly keep: EvidenceKeeper;
    readonly work: Work;
  },
  choices: Choices,
): Promise<{ readonly phone: DeviceView; readonly prepared: PreparedChoices }> {
  const { bridge, keep, work } = at;
  const { signal, progress } = work;
  let { phone } = at;
  if (!choices.root && choices.files.length === 0 && choices.apks.length === 0) return { phone, prepared: nothing };
  const log = (action: string, details: Readonly<Record<string, unknown>>) => keep.log(action, details);
  for (let tries = 1; ; tries += 1) {
    try {
      return {
        phone,
        prepared: await prepareChoices({ bridge, serial: phone.serial, signal, progress, log }, choices),
      };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code !== 'phone-gone' && error.code !== 'cancelled') throw error;
      const waits = error.code === 'phone-gone' && at.waitMs > 0 && tries < mostTries;
      const again = waits ? await backAgain(at, phone.serial, error.message) : null;
      if (again === null) return { phone, prepared: { ...nothing, steps: [notAsked(choices, error.message)] } };
      phone = { ...phone, serial: again };
    }
  }
}

/** Waits for the phone, and says in the log what came of it. Answers with adb's name for it, or null. */
async function backAgain(
  { bridge, hardwareSerial, waitMs, keep, work }: Parameters<typeof askForChoices>[0],
  connection: string,
  why: string,
): Promise<string | null> {
  const began = performance.now();
  await keep.log('phone.lost', { step: 'choices', connection, why });
  const again = await waitForPhone({ bridge, connection, hardwareSerial, waitMs, ...work, fraction: 0 });
  const waitedMs = Math.round(performance.now() - began);
  if (again !== null) {
    await keep.log('phone.returned', { step: 'choices', connection: again, waitedMs, startedAnew: null });
  } else {
    const ended = work.signal.aborted ? 'cancelled' : 'it stayed away';
    await keep.log('phone.stayed-away', { step: 'choices', waitedMs, ended });
  }
  return again;
}

const notAsked = ({ root, files, apks }: Choices, why: string): DeviceAcquisition['steps'][number] => ({
  id: 'choices',
  title: 'What was chosen by name',
  user: null,
  command: [root && 'root', files.length > 0 && 'files of the owner', apks.length > 0 && 'packages of apps']
    .filter(Boolean)
    .join(', '),
  state: 'interrupted',
  why,
  exit: null,
  bytes: 0,
  evidence: [],
});

/** The acquisition with what could not even be asked for. */
export function withPrepared(acquired: DeviceAcquisition, { steps, notes }: PreparedChoices): DeviceAcquisition {
  if (steps.length === 0 && notes.length === 0) return acquired;
  const missing = steps.map(({ id, command, state, why }) => ({ id, command, state, why: why ?? '' }));
  const interrupted = steps.some(({ state }) => state === 'interrupted');
  const worse = interrupted ? 'interrupted' : 'partial';
  return {
    ...acquired,
    steps: [...steps, ...acquired.steps],
    refused: [...missing, ...acquired.refused],
    notes: [...notes, ...acquired.notes],
    state: steps.length > 0 && acquired.state === 'complete' ? worse : acquired.state,
  };
}

/** The stream of packets that goes with a live acquisition, where it was chosen and root was had. */
export function packetsOf({ packets }: Choices, { access }: PreparedChoices): PacketStream | null {
  return packets && access !== null ? packetStream(access) : null;
}

/** The acquisition with the step of the packets, where any were streamed. */
export function withPackets(acquired: DeviceAcquisition, packets: PacketStream | null): DeviceAcquisition {
  const step = packets?.step() ?? null;
  if (step === null) return acquired;
  const at = acquired.steps.findIndex(({ id }) => id === 'clock after');
  const steps = [...acquired.steps];
  steps.splice(at < 0 ? steps.length : at, 0, step);
  if (step.state === 'complete') return { ...acquired, steps };
  const { id, command, state, why } = step;
  return {
    ...acquired,
    steps,
    refused: [...acquired.refused, { id, command, state, why: why ?? '' }],
    state: acquired.state === 'complete' ? 'partial' : acquired.state,
  };
}
