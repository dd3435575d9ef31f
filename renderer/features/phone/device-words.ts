import type { BridgeProblem, BridgeView, DeviceView, PhoneProblem } from '../../../shared/types/device.ts';
import type { PictureName } from './Picture.tsx';

/** How a problem is called and drawn. What to do about it comes with the data: one sentence and its steps. */
export interface Scene {
  readonly title: string;
  readonly picture: PictureName;
}

const phoneScenes: Readonly<Record<PhoneProblem, Scene>> = {
  unauthorized: { title: 'The phone waits for permission', picture: 'allow' },
  authorizing: { title: 'The phone is being asked for permission', picture: 'allow' },
  connecting: { title: 'The phone is connecting', picture: 'wait' },
  offline: { title: 'The phone is there, and does not answer', picture: 'offline' },
  silent: { title: 'The phone is connected, and says nothing', picture: 'silent' },
  'udev-rule': { title: 'This computer keeps the phone’s USB port closed', picture: 'rule' },
  'udev-group': { title: 'This user may not open the phone’s USB port', picture: 'group' },
  recovery: { title: 'The phone is in recovery mode', picture: 'recovery' },
  sideload: { title: 'The phone waits for a system package (sideload)', picture: 'sideload' },
  rescue: { title: 'The phone is in rescue mode', picture: 'rescue' },
  bootloader: { title: 'The phone is in its bootloader', picture: 'bootloader' },
  detached: { title: 'adb has let go of the phone', picture: 'cable' },
  'not-a-phone': { title: 'This entry is not a phone', picture: 'host' },
  'unknown-state': { title: 'The phone is in a state that this program does not know', picture: 'unknown' },
  'same-serial': { title: 'Two phones give the same serial', picture: 'twins' },
  'listed-twice': { title: 'The phone is listed twice', picture: 'twice' },
  'debugging-off': { title: 'The phone offers no debugging', picture: 'debugging-off' },
  unseen: { title: 'adb does not see the phone', picture: 'unseen' },
  'download-mode': { title: 'The phone is in a mode without Android', picture: 'download' },
  'no-adb': { title: 'The phone is on the cable, and there is no adb', picture: 'missing' },
};

const byState: Readonly<Record<Exclude<DeviceView['state'], 'device'>, PhoneProblem>> = {
  unauthorized: 'unauthorized',
  authorizing: 'authorizing',
  connecting: 'connecting',
  offline: 'offline',
  'no permissions': 'udev-rule',
  recovery: 'recovery',
  sideload: 'sideload',
  rescue: 'rescue',
  bootloader: 'bootloader',
  detached: 'detached',
  host: 'not-a-phone',
  other: 'unknown-state',
};

/** What is the matter with a phone; null where nothing is. */
export function phoneScene(device: Pick<DeviceView, 'state' | 'problem'>): Scene | null {
  if (device.problem !== undefined) return phoneScenes[device.problem];
  return device.state === 'device' ? null : phoneScenes[byState[device.state]];
}

/** A phone that adb does not list is known by its problem alone. */
export function usbScene(problem: PhoneProblem): Scene {
  return phoneScenes[problem];
}

const bridgeScenes: Readonly<Record<BridgeProblem, Scene>> = {
  'adb-missing': { title: 'adb is not installed', picture: 'missing' },
  'adb-path-wrong': { title: 'The adb that was named is not there', picture: 'missing' },
  'adb-cannot-run': { title: 'The adb that was found cannot be run', picture: 'broken' },
  'adb-not-started': { title: 'The adb server does not start', picture: 'broken' },
  'port-taken': { title: 'Another program stands in the place of adb', picture: 'port' },
  'server-silent': { title: 'The adb server hangs', picture: 'broken' },
  'server-refuses': { title: 'The adb server refuses', picture: 'broken' },
  'server-version': { title: 'The adb server is of another version', picture: 'rivals' },
  'server-killed': { title: 'The adb server is ended again and again', picture: 'rivals' },
  'server-elsewhere': { title: 'An adb server elsewhere is named', picture: 'port' },
};

/** What is the matter with the bridge; null where nothing is. */
export function bridgeScene(bridge: Pick<BridgeView, 'state' | 'problem'>): Scene | null {
  if (bridge.problem !== undefined) return bridgeScenes[bridge.problem];
  switch (bridge.state) {
    case 'ready':
      return null;
    case 'starting':
      return { title: 'Starting adb', picture: 'wait' };
    case 'missing':
      return bridgeScenes['adb-missing'];
    case 'failed':
      return { title: 'adb does not run', picture: 'broken' };
  }
}
