import {
  listedTwiceAdvice,
  phoneAdvice,
  phoneProblem,
  sameSerialAdvice,
  silentPhoneAdvice,
} from '../../../shared/text/phone-advice.ts';
import { serialInService, serialTitle } from '../../../shared/text/phone-name.ts';
import { phoneSteps } from '../../../shared/text/phone-steps.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import { type DeviceView, deviceStates, type PhoneProblem } from '../../../shared/types/device.ts';
import type { PhoneIdentity } from './phone-identity.ts';
import type { Surroundings } from './surroundings.ts';
import type { UsbDevice } from './usb-bus.ts';
import { deviceOf, usbMaker } from './usb-phones.ts';

/** One phone of the server's list. */
export interface ListedPhone {
  readonly serial: string;
  readonly state: DeviceView['state'];
  /** adb's own text for the state. */
  readonly word: string;
  /** Null: not read yet, or not to be had. */
  identity: PhoneIdentity | null;
  /** It is ready by adb's word and answered nothing. */
  silent: boolean;
}

/** What is known beyond the list itself when its phones are shown. */
export interface ListFacts {
  readonly surroundings: Surroundings;
  readonly isDoubled: (serial: string) => boolean;
  readonly usbPortOf: (serial: string) => string | null;
  /** Devices on the bus; empty where the system does not tell. */
  readonly bus: readonly UsbDevice[];
}

/** adb's word for a state as one of ours. `no permissions` comes with a help text behind it. */
export function stateOf(word: string): DeviceView['state'] {
  if (word.startsWith('no permissions')) return 'no permissions';
  const known = deviceStates.find((state) => state === word);
  return known === undefined || known === 'other' ? 'other' : known;
}

/** How a phone is reached, by the form of its name in adb's list: an address, a service found by mDNS, an emulator's port. */
export function linkOf(serial: string): 'usb' | 'network' | 'emulator' {
  if (/^emulator-\d+$/.test(serial)) return 'emulator';
  return /:\d{1,5}$/.test(serial) || /\._adb(-tls-connect)?\._tcp\.?$/.test(serial) ? 'network' : 'usb';
}

function ownSerialOf({ serial, identity }: ListedPhone): string | null {
  return identity?.ownSerial ?? serialInService(serial) ?? (linkOf(serial) === 'usb' ? serial : null);
}

/** The other name under which the same phone is listed, or null. Phones that share a serial by their maker's fault are told apart by nothing. */
function twinOf(phone: ListedPhone, all: readonly ListedPhone[]): ListedPhone | null {
  const own = ownSerialOf(phone);
  if (own === null || phone.state === 'host') return null;
  return all.find((one) => one !== phone && ownSerialOf(one) === own) ?? null;
}

function problemOf(phone: ListedPhone, twin: ListedPhone | null, doubled: boolean): PhoneProblem | null {
  if (doubled) return 'same-serial';
  if (phone.silent) return 'silent';
  return phoneProblem(phone.state, phone.word) ?? (twin === null ? null : 'listed-twice');
}

function adviceOf(
  phone: ListedPhone,
  problem: PhoneProblem | null,
  twin: ListedPhone | null,
  link: DeviceView['link'],
): string | null {
  switch (problem) {
    case null:
      return null;
    case 'same-serial':
      return sameSerialAdvice;
    case 'silent':
      return silentPhoneAdvice;
    case 'listed-twice':
      return listedTwiceAdvice(plainText(serialTitle(twin!.serial), 80));
    default:
      return phoneAdvice(phone.state, plainText(phone.word), link);
  }
}

/** The phones as people see them: each with its state, and where it is not ready, why and what to do. */
export function phoneViews(phones: readonly ListedPhone[], facts: ListFacts): DeviceView[] {
  const { platform, linux } = facts.surroundings;
  return phones.map((phone) => {
    const { serial, state, identity } = phone;
    const twin = twinOf(phone, phones);
    const problem = problemOf(phone, twin, facts.isDoubled(serial));
    const usbPort = facts.usbPortOf(serial);
    const device = deviceOf({ serial, usbPort }, facts.bus);
    const maker = identity?.maker ?? (device === null ? null : usbMaker(device));
    const link = usbPort === null ? linkOf(serial) : 'usb';
    const known = { platform, linux, vendorId: device?.vendorId ?? null, maker, link };
    const { model = null, marketName = null } = identity ?? {};
    const steps = problem === null ? [] : phoneSteps(problem, known);
    return {
      serial,
      state,
      model,
      android: identity?.android ?? null,
      maker: identity?.maker ?? null,
      practice: identity?.practice ?? false,
      advice: adviceOf(phone, problem, twin, link),
      ...(marketName !== null && marketName !== model && { marketName }),
      link,
      ...(problem !== null && { problem }),
      ...(steps.length > 0 && { steps }),
    };
  });
}
