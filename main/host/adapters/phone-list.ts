import { phoneAdvice, silentPhoneAdvice } from '../../../shared/text/phone-advice.ts';
import { type DeviceView, deviceStates } from '../../../shared/types/device.ts';
import type { PhoneIdentity } from './phone-identity.ts';

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

/** adb's word for a state as one of ours. `no permissions` comes with a help text behind it. */
export function stateOf(word: string): DeviceView['state'] {
  if (word.startsWith('no permissions')) return 'no permissions';
  const known = deviceStates.find((state) => state === word);
  return known === undefined || known === 'other' ? 'other' : known;
}

export function phoneView(phone: ListedPhone): DeviceView {
  const { identity } = phone;
  return {
    serial: phone.serial,
    state: phone.state,
    model: identity?.model ?? null,
    android: identity?.android ?? null,
    maker: identity?.maker ?? null,
    practice: identity?.practice ?? false,
    advice: phone.silent ? silentPhoneAdvice : phoneAdvice(phone.state, phone.word),
  };
}
