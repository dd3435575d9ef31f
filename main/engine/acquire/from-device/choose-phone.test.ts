import { describe, expect, it } from 'vitest';
import { phoneAdvice } from '../../../../shared/text/phone-advice.ts';
import { type BridgeView, type DeviceView, deviceStates } from '../../../../shared/types/device.ts';
import { readyPhone, ScriptedBridge, type ScriptedResult } from '../../../../test/support/scripted-bridge.ts';
import { choosePhone } from './choose-phone.ts';

const { signal } = new AbortController();

function bridgeOf(devices: readonly DeviceView[], answer: () => ScriptedResult = () => ({ stdout: 'Model\n' })) {
  const bridge = new ScriptedBridge(answer);
  bridge.devices = devices;
  return bridge;
}
const inState = (serial: string, state: DeviceView['state']) =>
  readyPhone(serial, { state, model: null, advice: phoneAdvice(state) });

describe('choosing the phone', () => {
  it('takes the only one that is ready, even beside others that are not', async () => {
    expect((await choosePhone(bridgeOf([readyPhone('A')]), null, signal)).serial).toBe('A');
    const both = bridgeOf([inState('B', 'unauthorized'), readyPhone('A')]);
    expect((await choosePhone(both, null, signal)).serial).toBe('A');
  });

  it('takes the one that is named', async () => {
    const two = bridgeOf([readyPhone('A'), readyPhone('B')]);
    expect((await choosePhone(two, 'B', signal)).serial).toBe('B');
  });

  it.each([
    ['no phone', [], null, 'no-phone', 'No phone is connected.'],
    [
      'two phones',
      [readyPhone('A'), readyPhone('B')],
      null,
      'several-phones',
      '2 phones are connected: Model (A), Model (B).',
    ],
    ['an unknown serial', [readyPhone('A')], 'X', 'no-phone', 'No phone with the serial X is connected.'],
    [
      'an unauthorised phone',
      [inState('A', 'unauthorized')],
      null,
      'phone-unauthorized',
      'The phone A has not allowed this computer to debug it.',
    ],
    [
      'an unauthorised phone by name',
      [inState('A', 'unauthorized'), readyPhone('B')],
      'A',
      'phone-unauthorized',
      'The phone A has not allowed this computer to debug it.',
    ],
    [
      'an offline phone',
      [inState('A', 'offline')],
      null,
      'phone-offline',
      'The phone A is listed but does not answer adb.',
    ],
    [
      'a USB port without rights',
      [inState('A', 'no permissions')],
      null,
      'no-permission',
      'This user may not open the USB port of the phone A.',
    ],
    [
      'a phone in recovery',
      [inState('A', 'recovery')],
      null,
      'phone-offline',
      'The phone A is in the state “recovery” and cannot be acquired.',
    ],
  ] as const)('%s: one sentence and what to do', async (_, devices, serial, code, message) => {
    const bridge = bridgeOf(devices);
    const failure = await choosePhone(bridge, serial, signal).catch((thrown) => thrown);
    expect(failure).toMatchObject({ name: 'Failure', code, message });
    expect(failure.advice).toMatch(/\.$/);
    expect(bridge.asked).toEqual([]);
  });

  it.each(deviceStates.filter((state) => state !== 'device'))('never takes a phone in the state %s', async (state) => {
    await expect(choosePhone(bridgeOf([inState('A', state)]), null, signal)).rejects.toMatchObject({ name: 'Failure' });
  });

  it('takes the one on the cable where one phone is listed by cable and over the network', async () => {
    const twice = { problem: 'listed-twice', advice: 'The same.' } as const;
    const cable = readyPhone('A', { ...twice, link: 'usb' });
    const network = readyPhone('10.0.0.1:5555', { ...twice, link: 'network' });
    expect(await choosePhone(bridgeOf([network, cable]), null, signal)).toMatchObject({ serial: 'A' });
    expect(await choosePhone(bridgeOf([network, cable]), '10.0.0.1:5555', signal)).toMatchObject({ link: 'network' });
    for (const others of [[network], [network, cable, readyPhone('B')]]) {
      const phones = [...others, readyPhone('10.0.0.2:5555', { ...twice, link: 'network' })];
      await expect(choosePhone(bridgeOf(phones), null, signal)).rejects.toMatchObject({ code: 'several-phones' });
    }
  });

  it('says what is on the bus where adb sees no phone, and why adb is not ready', async () => {
    const usb = {
      port: '1-2',
      vendorId: '2717',
      productId: 'ff40',
      maker: 'Xiaomi',
      product: null,
      serial: null,
      problem: 'debugging-off',
      advice: 'Switch on USB debugging.',
    } as const;
    const bridge = bridgeOf([]);
    const list = bridge.list.bind(bridge);
    bridge.list = async () => ({ ...(await list()), usb: [{ ...usb, steps: [] }] });
    await expect(choosePhone(bridge, null, signal)).rejects.toMatchObject({
      code: 'no-phone',
      message: 'adb sees no phone.',
      advice: 'Switch on USB debugging.',
    });
    const fought = bridgeOf([]);
    fought.bridge = { state: 'starting', adbPath: null, version: null, advice: 'Close that program.' };
    await expect(choosePhone(fought, null, signal)).rejects.toMatchObject({ advice: 'Close that program.' });
  });

  it('takes neither of two phones with one serial', async () => {
    const doubled = readyPhone('A', { problem: 'same-serial', advice: 'Unplug one.' });
    for (const serial of [null, 'A']) {
      await expect(choosePhone(bridgeOf([doubled]), serial, signal)).rejects.toMatchObject({
        code: 'several-phones',
        message: 'Two phones give the serial A.',
        advice: 'Unplug one.',
      });
    }
  });

  it.each([
    [{ state: 'missing', version: null }, 'adb-missing'],
    [{ state: 'failed', version: null }, 'adb-failed'],
    [{ state: 'failed', version: '1.0.32' }, 'adb-version'],
    [{ state: 'starting', version: null }, 'adb-failed'],
  ] as const)('says what is wrong with adb: %j', async (change, code) => {
    const bridge = bridgeOf([]);
    bridge.bridge = { adbPath: null, advice: 'Do this.', ...change } satisfies BridgeView;
    await expect(choosePhone(bridge, null, signal)).rejects.toMatchObject({ code, message: /\.$/ });
  });

  it('asks the phone once, and says when it is silent or gone', async () => {
    const silent = bridgeOf([readyPhone('A')], () => ({ ending: 'timed out' }));
    await expect(choosePhone(silent, null, signal)).rejects.toMatchObject({
      code: 'phone-silent',
      message: 'The phone Model (A) is connected but answers nothing.',
    });
    expect(silent.asked).toEqual(['getprop ro.product.model']);
    const gone = bridgeOf([readyPhone('A')], () => ({ ending: 'phone gone' }));
    await expect(choosePhone(gone, null, signal)).rejects.toMatchObject({ code: 'phone-gone' });
    await expect(choosePhone(bridgeOf([readyPhone('A')]), null, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
