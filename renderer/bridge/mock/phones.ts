import { adbMissingAdvice, adbOtherVersionAdvice, phoneAdvice } from '../../../shared/text/phone-advice.ts';
import type { PhonesView } from '../../../shared/types/device.ts';

const ready = { state: 'ready' as const, adbPath: '/usr/bin/adb', version: '1.0.41', advice: null };
const phone = (over: Partial<PhonesView['devices'][number]>): PhonesView['devices'][number] => ({
  serial: '8f3a12bc',
  state: 'device',
  model: 'Redmi Note 7',
  android: '10',
  maker: 'Xiaomi',
  practice: false,
  advice: null,
  ...over,
});
const unknown = { model: null, android: null, maker: null };

/** Every state that a person can meet, by name: `?mock&phones=unauthorized`. */
export const phoneScenes: Readonly<Record<string, PhonesView>> = {
  ready: { bridge: ready, devices: [phone({})] },
  practice: { bridge: ready, devices: [phone({ serial: '127.0.0.1:41873', practice: true })] },
  none: { bridge: ready, devices: [] },
  unauthorized: {
    bridge: ready,
    devices: [
      phone({
        state: 'unauthorized',
        ...unknown,
        advice: phoneAdvice('unauthorized'),
      }),
    ],
  },
  permissions: {
    bridge: ready,
    devices: [
      phone({
        state: 'no permissions',
        ...unknown,
        serial: '????????????',
        advice: phoneAdvice('no permissions'),
      }),
    ],
  },
  offline: {
    bridge: ready,
    devices: [
      phone({
        state: 'offline',
        ...unknown,
        advice: phoneAdvice('offline'),
      }),
    ],
  },
  recovery: {
    bridge: ready,
    devices: [phone({ state: 'recovery', advice: phoneAdvice('recovery') })],
  },
  two: {
    bridge: ready,
    devices: [phone({}), phone({ serial: 'R58M40QXYZA', maker: 'Samsung', model: 'Galaxy A52', android: '13' })],
  },
  missing: {
    bridge: {
      state: 'missing',
      adbPath: null,
      version: null,
      advice: adbMissingAdvice('linux'),
    },
    devices: [],
  },
  failed: {
    bridge: {
      state: 'failed',
      adbPath: '/usr/bin/adb',
      version: '1.0.39',
      advice: adbOtherVersionAdvice('39', '41'),
    },
    devices: [],
  },
  starting: { bridge: { state: 'starting', adbPath: '/usr/bin/adb', version: null, advice: null }, devices: [] },
};
