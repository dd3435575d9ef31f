import { expect, test } from 'vitest';
import type { NetworkIdentity } from '../model/record.ts';
import { networkOf } from './network.ts';

const nothing: NetworkIdentity = {
  type: null,
  rat: null,
  subscriber: null,
  networkName: null,
  security: null,
  roaming: null,
  metered: null,
  defaultNetwork: null,
  oemManaged: null,
  subId: null,
  transports: null,
  unknown: {},
};

test('a whole subscriber number and its six digits are one network', () => {
  const mobile = { ...nothing, type: 0, roaming: false, metered: true };
  const text = networkOf([{ ...mobile, subscriber: '310260...' }]);
  const binary = networkOf([{ ...mobile, subscriber: '310260123456789' }]);
  expect(text.ident).toBe(binary.ident);
  expect(text).toMatchObject({ type: 'mobile', name: '310260', operator: '310260', roaming: false, vpn: false });
});

test('the order of a set does not matter, and the main radio names it', () => {
  const supl = { ...nothing, type: 3, subscriber: '310260...' };
  const mobile = { ...nothing, type: 0, subscriber: '310260...' };
  expect(networkOf([supl, mobile])).toEqual(networkOf([mobile, supl]));
});

test('a VPN is known by its type or by its transport', () => {
  expect(networkOf([{ ...nothing, type: 17 }]).vpn).toBe(true);
  expect(networkOf([{ ...nothing, type: 1, transports: [1, 4] }]).vpn).toBe(true);
  expect(networkOf([{ ...nothing, type: 1, transports: [1] }]).vpn).toBe(false);
});

test('roaming makes a lane of its own, and an empty set is no network', () => {
  const home = { ...nothing, type: 0, subscriber: '310260...', roaming: false };
  expect(networkOf([home]).key).not.toBe(networkOf([{ ...home, roaming: true }]).key);
  expect(networkOf([])).toMatchObject({ type: 'none', name: null, roaming: null });
});
