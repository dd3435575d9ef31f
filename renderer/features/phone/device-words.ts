import type { BridgeView, DeviceView } from '../../../shared/types/device.ts';
import type { PictureName } from './Picture.tsx';

export interface StateWords {
  readonly title: string;
  readonly picture: PictureName;
  /** What to do, one act a line. Stands under the advice that came with the data. */
  readonly steps: readonly string[];
}

const allow: readonly string[] = [
  'Leave “Always allow from this computer” unticked: one examination needs no more.',
  'Still no question? “Revoke USB debugging authorisations” in the developer options makes the phone ask anew. Write down that you did it.',
];

/** What a state of a phone means, in words and a picture. */
export const stateWords: Readonly<Record<DeviceView['state'], StateWords>> = {
  device: { title: 'Ready', picture: 'ready', steps: [] },
  unauthorized: { title: 'The phone waits for permission', picture: 'allow', steps: allow },
  authorizing: { title: 'The phone is being asked for permission', picture: 'allow', steps: allow },
  connecting: { title: 'The phone is connecting', picture: 'cable', steps: ['This takes a few seconds.'] },
  offline: {
    title: 'The phone is there, and does not answer',
    picture: 'offline',
    steps: [
      'Keep its screen on, and try another port or cable.',
      'Restart the phone only if nothing else helps, and write it down: a restart ends counters that run since boot.',
    ],
  },
  'no permissions': {
    title: 'This computer keeps the phone’s USB port closed',
    picture: 'rule',
    steps: [
      'Debian and Ubuntu: sudo apt install android-sdk-platform-tools-common',
      'Elsewhere: put a rule for the maker’s USB id into /etc/udev/rules.d, then run sudo udevadm control --reload',
      'Unplug the phone and plug it in again.',
    ],
  },
  recovery: {
    title: 'The phone is in recovery mode',
    picture: 'recovery',
    steps: ['Choose “Reboot system now” with the volume and power keys.', 'Choose nothing that wipes or resets.'],
  },
  sideload: {
    title: 'The phone waits for a system package (sideload)',
    picture: 'recovery',
    steps: ['Leave the mode on the phone, then choose “Reboot system now”.'],
  },
  rescue: {
    title: 'The phone is in rescue mode',
    picture: 'recovery',
    steps: ['Choose “Reboot system now” on the phone.', 'Choose nothing that wipes or resets.'],
  },
  bootloader: {
    title: 'The phone is in its bootloader',
    picture: 'recovery',
    steps: [
      'Choose “Start” with the volume keys and press the power key.',
      'Do not unlock the bootloader: that erases the phone.',
    ],
  },
  host: { title: 'This entry is not a phone', picture: 'offline', steps: [] },
  other: {
    title: 'The phone is in a state that this program does not know',
    picture: 'offline',
    steps: ['Unplug the phone and plug it in again.'],
  },
};

/** What the bridge's state means when it is not ready. */
export const bridgeWords: Readonly<Record<Exclude<BridgeView['state'], 'ready'>, StateWords>> = {
  starting: { title: 'Starting adb', picture: 'cable', steps: [] },
  missing: {
    title: 'adb is not installed',
    picture: 'missing',
    steps: ['Cases, files and reports work without it: only a phone on the cable needs it.'],
  },
  failed: { title: 'adb does not run', picture: 'missing', steps: [] },
};
