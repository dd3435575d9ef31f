import { Failure, type FailureCode } from '../../../../shared/base/failure.ts';
import { noPhoneAdvice, silentPhoneAdvice } from '../../../../shared/text/phone-advice.ts';
import type { BridgeView, DeviceView, PhonesView } from '../../../../shared/types/device.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';

const probeMs = 8000;
/** So long a phone that fell silent in mid-work may take to show that it is there. */
export const livenessMs = 5000;
/** A phone that kept silent once already is not waited for as long. */
const secondProbeMs = 3000;

/** How a sentence names a phone: model and serial, or the serial alone. */
export function phoneName(phone: Pick<DeviceView, 'model' | 'serial'>): string {
  return phone.model === null ? phone.serial : `${phone.model} (${phone.serial})`;
}

function bridgeFailure(bridge: BridgeView): Failure | null {
  switch (bridge.state) {
    case 'ready':
      return null;
    case 'missing':
      return new Failure('adb-missing', 'No phone can be reached, because adb was not found.', bridge.advice);
    case 'starting':
      return new Failure('adb-failed', 'The adb server is still starting.', bridge.advice ?? 'Try again in a moment.');
    case 'failed':
      // A server that told its version and then refused is one of another age; one that told none is broken or no adb.
      return bridge.version === null
        ? new Failure('adb-failed', 'No phone can be reached, because the adb server does not work.', bridge.advice)
        : new Failure(
            'adb-version',
            `No phone can be reached: the adb server that runs here is version ${bridge.version} and does not answer as it should.`,
            bridge.advice,
          );
  }
}

/** Why a phone in this state cannot be acquired, or null where it can. */
export function stateFailure(phone: DeviceView): Failure | null {
  const name = phoneName(phone);
  const failure = (code: FailureCode, sentence: string) => new Failure(code, sentence, phone.advice);
  if (phone.problem === 'same-serial') return failure('several-phones', `Two phones give the serial ${phone.serial}.`);
  switch (phone.state) {
    case 'device':
      return null;
    case 'unauthorized':
    case 'authorizing':
      return failure('phone-unauthorized', `The phone ${name} has not allowed this computer to debug it.`);
    case 'no permissions':
      return failure('no-permission', `This user may not open the USB port of the phone ${name}.`);
    case 'offline':
    case 'connecting':
      return failure('phone-offline', `The phone ${name} is listed but does not answer adb.`);
    default:
      return failure('phone-offline', `The phone ${name} is in the state “${phone.state}” and cannot be acquired.`);
  }
}

/**
 * Chooses the phone to acquire: the one with that serial, or for null the only one that is ready. Rejects with a
 * Failure that says in one sentence why there is none: adb missing or broken, no phone, several, not allowed, offline,
 * or one that answers nothing. Nothing is kept by it, so it can be asked before a case is made.
 */
export async function choosePhone(
  bridge: DeviceBridge,
  serial: string | null,
  signal: AbortSignal,
): Promise<DeviceView> {
  const view = await bridge.list();
  const broken = bridgeFailure(view.bridge);
  if (broken) throw broken;
  const phone = pick(view, serial);
  const answers = await phoneAnswers(
    bridge,
    phone.serial,
    signal,
    phone.advice === null || phone.problem === 'listed-twice' ? probeMs : secondProbeMs,
  );
  if (signal.aborted) throw new Failure('cancelled', 'The acquisition was cancelled before it began.');
  if (answers === 'silent') {
    throw new Failure(
      'phone-silent',
      `The phone ${phoneName(phone)} is connected but answers nothing.`,
      silentPhoneAdvice,
    );
  }
  if (answers === 'gone') throw new Failure('phone-gone', `The phone ${phoneName(phone)} has gone.`, noPhoneAdvice);
  return phone;
}

function pick({ devices, usb = [] }: PhonesView, serial: string | null): DeviceView {
  // A phone that adb does not list is no choice, and the best reason why there is none.
  const unlisted = usb[0]?.advice ?? noPhoneAdvice;
  const phones = devices.filter(({ state }) => state !== 'host');
  if (serial !== null) {
    const named = phones.find((phone) => phone.serial === serial);
    if (!named) {
      const others = phones.map((phone) => phoneName(phone)).join(', ');
      const advice = others === '' ? unlisted : `Connected now: ${others}.`;
      throw new Failure('no-phone', `No phone with the serial ${serial} is connected.`, advice);
    }
    const failure = stateFailure(named);
    if (failure) throw failure;
    return named;
  }
  const ready = phones.filter(({ state }) => state === 'device');
  const [only, another] = onePhone(ready);
  if (only && another) {
    const names = ready.map((phone) => phoneName(phone)).join(', ');
    throw new Failure(
      'several-phones',
      `${ready.length} phones are connected: ${names}.`,
      ready.every(({ problem }) => problem === 'listed-twice')
        ? 'By their own word they are one phone, reached in two ways: choose one by its name in the list.'
        : 'Choose one by its serial, or unplug the others.',
    );
  }
  if (only) {
    const failure = stateFailure(only);
    if (failure) throw failure;
    return only;
  }
  // None is ready: the first one that could become so is named, since its state says what to do.
  const failures = phones.map(stateFailure).filter((failure) => failure !== null);
  const best = failures.find(({ code }) => code === 'phone-unauthorized') ?? failures[0];
  throw best ?? new Failure('no-phone', usb.length > 0 ? 'adb sees no phone.' : 'No phone is connected.', unlisted);
}

/** Of one phone that is listed by cable and over the network, by its own word, the one on the cable. */
function onePhone(ready: readonly DeviceView[]): readonly DeviceView[] {
  const cables = ready.filter(({ link }) => link === 'usb');
  const same = ready.length === 2 && ready.every(({ problem }) => problem === 'listed-twice');
  return same && cables.length === 1 ? cables : ready;
}

/** Asks a phone for one property, only to see whether it answers. */
export async function phoneAnswers(
  bridge: DeviceBridge,
  serial: string,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<'yes' | 'silent' | 'gone'> {
  let bytes = 0;
  const { ending } = await bridge.run(serial, 'getprop ro.product.model', { timeoutMs, signal }, (chunk) => {
    bytes += chunk.length;
  });
  if (ending === 'exit' || bytes > 0) return 'yes';
  return ending === 'phone gone' ? 'gone' : 'silent';
}
