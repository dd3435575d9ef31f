import type { DeviceView, PhoneProblem } from '../types/device.ts';

/** Shown where no phone is listed. */
export const noPhoneAdvice =
  'Plug the phone in with a cable that carries data, unlock it, and switch on USB debugging in its developer options.';

/**
 * What to do about a phone in a state that adb reports. `word` is adb's own text for a state that we do not know; `link` is how the
 * phone is reached, where that is known.
 */
export function phoneAdvice(
  state: DeviceView['state'],
  word: string | null = null,
  link: DeviceView['link'] = 'usb',
): string | null {
  if (link === 'network' && state === 'unauthorized') {
    return 'Unlock the phone and tap “Allow” where it asks about debugging; if it does not ask, connect to it again.';
  }
  if (link === 'network' && state === 'offline') {
    return 'The phone is listed but cannot be reached over the network any more: unlock it, check that its Wi-Fi is on, and connect to it again.';
  }
  switch (state) {
    case 'device':
      return null;
    case 'unauthorized':
      return 'Unlock the phone and tap “Allow” where it asks about USB debugging; if it does not ask, unplug it and plug it in again.';
    case 'authorizing':
      return 'The phone is deciding about this computer’s key; unlock it and wait a moment.';
    case 'connecting':
      return 'The connection is being made; wait a moment.';
    case 'offline':
      return 'The phone is listed but does not answer adb: unplug it, unlock it, and plug it in again.';
    case 'no permissions':
      return outsidePlugdev(word)
        ? 'This user may not open the phone’s USB port, because it is not in the group plugdev: join the group, log in again, then plug the phone in again.'
        : 'This user may not open the phone’s USB port: install the udev rules (Debian: package android-sdk-platform-tools-common), then plug the phone in again.';
    case 'recovery':
      return 'The phone is in recovery mode, where there is nothing to acquire: restart it into Android.';
    case 'sideload':
      return 'The phone waits for an update in sideload mode: restart it into Android.';
    case 'rescue':
      return 'The phone is in rescue mode: restart it into Android.';
    case 'bootloader':
      return 'The phone shows its bootloader: restart it into Android.';
    case 'detached':
      return 'adb has let go of the phone: unplug it and plug it in again.';
    case 'host':
      return 'This entry is a computer, not a phone.';
    case 'other':
      return `adb reports the state “${word ?? 'unknown'}”, which this program does not know: unplug the phone, unlock it, and plug it in again.`;
  }
}

/** A phone that is ready by adb's word and yet answers nothing. */
export const silentPhoneAdvice =
  'The phone is connected but answers nothing: unlock it, unplug it, and plug it in again; if that does not help, restart it.';

/** adb's three ways of saying that a rule is there, for a group that this user is not in (`diagnose_usb.cpp` of 2016, 2017 and later). */
function outsidePlugdev(word: string | null): boolean {
  return /not in the plugdev group|requires plugdev group/.test(word ?? '');
}

/** Why a phone in this state is not ready, by its stable name; null where it is. `word` is adb's own text. */
export function phoneProblem(state: DeviceView['state'], word: string | null = null): PhoneProblem | null {
  switch (state) {
    case 'device':
      return null;
    case 'no permissions':
      return outsidePlugdev(word) ? 'udev-group' : 'udev-rule';
    case 'host':
      return 'not-a-phone';
    case 'other':
      return 'unknown-state';
    default:
      return state;
  }
}

/** Two phones on the cable give the same serial. */
export const sameSerialAdvice =
  'Two phones give the same serial, so that adb cannot tell them apart: unplug one of them.';

/** The same phone is listed under another serial too, by its own word. */
export function listedTwiceAdvice(other: string): string {
  return `The phone says the same serial of its own as the one listed as ${other}: most likely they are one phone, reached in two ways.`;
}
