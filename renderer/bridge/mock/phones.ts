import {
  adbCannotRunAdvice,
  adbMissingAdvice,
  adbNotStartedAdvice,
  adbOtherVersionAdvice,
  adbPathWrongAdvice,
  adbPortTakenAdvice,
  adbRefusesAdvice,
  adbServerElsewhereAdvice,
  adbServerKilledAdvice,
  adbServerSilentAdvice,
  bridgeSteps,
} from '../../../shared/text/adb-advice.ts';
import {
  listedTwiceAdvice,
  phoneAdvice,
  sameSerialAdvice,
  silentPhoneAdvice,
} from '../../../shared/text/phone-advice.ts';
import { phoneSteps } from '../../../shared/text/phone-steps.ts';
import { usbAdvice } from '../../../shared/text/usb-advice.ts';
import type {
  BridgeProblem,
  DeviceView,
  PhoneProblem,
  PhonesView,
  UsbPhoneView,
} from '../../../shared/types/device.ts';

const ready = { state: 'ready' as const, adbPath: '/usr/bin/adb', version: '1.0.41', advice: null };
const facts = { platform: 'linux', linux: 'debian', vendorId: '2717', maker: 'Xiaomi' } as const;
const phone = (over: Partial<DeviceView>): DeviceView => ({
  serial: '8f3a12bc',
  state: 'device',
  model: 'Redmi Note 7',
  android: '10',
  maker: 'Xiaomi',
  practice: false,
  advice: null,
  link: 'usb',
  ...over,
});
const unknown = { model: null, android: null, maker: null };

/** One phone that is not ready, with the sentence and the steps that the engine gives for it. */
function inState(state: DeviceView['state'], problem: PhoneProblem, over: Partial<DeviceView> = unknown): PhonesView {
  const advice = phoneAdvice(state, state === 'other' ? 'bored' : null);
  return { bridge: ready, devices: [phone({ state, advice, problem, steps: phoneSteps(problem, facts), ...over })] };
}

function onBus(problem: PhoneProblem): PhonesView {
  const entry: UsbPhoneView = {
    port: '1-2',
    vendorId: '2717',
    productId: 'ff40',
    maker: 'Xiaomi',
    product: 'Redmi Note 7',
    serial: '8f3a12bc',
    problem,
    advice: usbAdvice(problem, 'Xiaomi', 'Redmi Note 7'),
    steps: phoneSteps(problem, facts),
  };
  return { bridge: ready, devices: [], usb: [entry] };
}

function inTrouble(problem: BridgeProblem, advice: string, over: Partial<PhonesView['bridge']> = {}): PhonesView {
  const bridge = { state: 'failed' as const, adbPath: '/usr/bin/adb', version: '1.0.41', advice, problem };
  return { bridge: { ...bridge, steps: bridgeSteps(problem, 'linux', 5037), ...over }, devices: [] };
}

const samsung = phone({ serial: 'R58M40QXYZA', maker: 'Samsung', model: 'Galaxy A52', android: '13' });

/** Every state that a person can meet, by name: `?mock&phones=unauthorized`. */
export const phoneScenes: Readonly<Record<string, PhonesView>> = {
  ready: { bridge: ready, devices: [phone({})] },
  practice: {
    bridge: ready,
    devices: [
      phone({
        marketName: 'Redmi Note 7',
        model: 'M1901F7G',
        serial: '127.0.0.1:41873',
        practice: true,
        link: 'network',
      }),
    ],
  },
  air: { bridge: ready, devices: [phone({ serial: '192.168.1.23:41001', link: 'network' })] },
  none: { bridge: ready, devices: [] },
  unauthorized: inState('unauthorized', 'unauthorized'),
  authorizing: inState('authorizing', 'authorizing'),
  connecting: inState('connecting', 'connecting'),
  offline: inState('offline', 'offline'),
  silent: inState('device', 'silent', {
    advice: silentPhoneAdvice,
  }),
  permissions: inState('no permissions', 'udev-rule', { ...unknown, serial: '????????????' }),
  group: inState('no permissions', 'udev-group', { ...unknown, serial: '????????????' }),
  recovery: inState('recovery', 'recovery', {}),
  sideload: inState('sideload', 'sideload'),
  rescue: inState('rescue', 'rescue'),
  bootloader: inState('bootloader', 'bootloader'),
  detached: inState('detached', 'detached'),
  host: inState('host', 'not-a-phone'),
  other: inState('other', 'unknown-state'),
  charging: onBus('debugging-off'),
  unseen: onBus('unseen'),
  download: onBus('download-mode'),
  two: { bridge: ready, devices: [phone({}), samsung] },
  twins: {
    bridge: ready,
    devices: [
      phone({
        problem: 'same-serial',
        advice: sameSerialAdvice,
        steps: phoneSteps('same-serial', facts),
      }),
    ],
  },
  twice: {
    bridge: ready,
    devices: [
      phone({
        problem: 'listed-twice',
        advice: listedTwiceAdvice('192.168.1.23:41001'),
        steps: phoneSteps('listed-twice', facts),
      }),
      phone({
        serial: '192.168.1.23:41001',
        link: 'network',
        problem: 'listed-twice',
        advice: listedTwiceAdvice('8f3a12bc'),
      }),
    ],
  },
  mixed: { bridge: ready, devices: [samsung, ...inState('unauthorized', 'unauthorized').devices] },
  missing: inTrouble('adb-missing', adbMissingAdvice('linux'), { state: 'missing', adbPath: null, version: null }),
  path: inTrouble('adb-path-wrong', adbPathWrongAdvice('/opt/adb'), { state: 'missing', version: null }),
  cannot: inTrouble(
    'adb-cannot-run',
    adbCannotRunAdvice('/opt/platform-tools/adb', 'other processor', 'Exec format error', 'linux'),
  ),
  noadb: {
    ...onBus('no-adb'),
    bridge: inTrouble('adb-missing', adbMissingAdvice('linux'), { state: 'missing' }).bridge,
  },
  start: inTrouble('adb-not-started', adbNotStartedAdvice('/usr/bin/adb', 'cannot bind')),
  silentserver: inTrouble('server-silent', adbServerSilentAdvice(5037)),
  elsewhere: inTrouble('server-elsewhere', adbServerElsewhereAdvice('ADB_SERVER_SOCKET', 'tcp:lab:5037', 5037)),
  port: inTrouble('port-taken', adbPortTakenAdvice(5037)),
  killed: inTrouble('server-killed', adbServerKilledAdvice(4, 20, ['1.0.39', '1.0.41'])),
  failed: inTrouble('server-refuses', adbRefusesAdvice('39', 'unknown host service')),
  version: {
    bridge: {
      ...ready,
      problem: 'server-version',
      advice: adbOtherVersionAdvice('39', '41'),
      steps: bridgeSteps('server-version', 'linux', 5037),
    },
    devices: [phone({})],
    notes: ['ANDROID_SERIAL names the phone 8f3a12bc: where none is chosen, that one is taken.'],
  },
  starting: { bridge: { state: 'starting', adbPath: '/usr/bin/adb', version: null, advice: null }, devices: [] },
};
