/**
 * Words of netstats that the text form and the binary form share. Sources: ConnectivityManager (type names and
 * numbers), NetworkStats (sets), NetworkIdentity (keys), as kept by AOSP from Android 5 to 16.
 */
import type { CounterSet } from '../../model/record.ts';

const typeNames: Readonly<Record<string, number>> = {
  NONE: -1,
  MOBILE: 0,
  WIFI: 1,
  MOBILE_MMS: 2,
  MOBILE_SUPL: 3,
  MOBILE_DUN: 4,
  MOBILE_HIPRI: 5,
  WIMAX: 6,
  BLUETOOTH: 7,
  DUMMY: 8,
  ETHERNET: 9,
  MOBILE_FOTA: 10,
  MOBILE_IMS: 11,
  MOBILE_CBS: 12,
  WIFI_P2P: 13,
  MOBILE_IA: 14,
  MOBILE_EMERGENCY: 15,
  PROXY: 16,
  VPN: 17,
  TEST: 18,
};

/** The number of a network type said as a name or as a number; null for a word that is neither. */
export function networkTypeOf(said: string): number | null {
  if (/^-?\d{1,6}$/.test(said)) return Number(said);
  return Object.hasOwn(typeNames, said) ? typeNames[said]! : null;
}

const setNames: Readonly<Record<string, CounterSet>> = {
  ALL: 'all',
  DEFAULT: 'default',
  FOREGROUND: 'foreground',
  DBG_VPN_IN: 'vpn in',
  DBG_VPN_OUT: 'vpn out',
};
const setNumbers: Readonly<Record<number, CounterSet>> = {
  [-1]: 'all',
  0: 'default',
  1: 'foreground',
  1001: 'vpn in',
  1002: 'vpn out',
};

/** The counter set of a name (text) or number (binary); `unknown` for every other. */
export function counterSetOf(said: string | number): CounterSet {
  if (typeof said === 'number') return setNumbers[said] ?? 'unknown';
  return (Object.hasOwn(setNames, said) && setNames[said]) || 'unknown';
}

/**
 * Takes apart `networkId` (`"home"`) and `wifiNetworkKey` (`"home"wpa2-psk`). A text without quotes is a name as it
 * stands: a Passpoint id, the interface of a test network.
 */
export function networkNameOf(said: string): { readonly name: string; readonly security: string | null } {
  const last = said.lastIndexOf('"');
  if (said.length < 2 || said[0] !== '"' || last === 0) return { name: said, security: null };
  return { name: said.slice(1, last), security: said.slice(last + 1) || null };
}

const oemNames: Readonly<Record<string, string>> = {
  '0': 'OEM_NONE',
  '1': 'OEM_PAID',
  '2': 'OEM_PRIVATE',
  '3': 'OEM_PAID,OEM_PRIVATE',
};

/** Android 12 wrote a number first and names soon after; both come out as names, so that one network stays one. */
export function oemManagedOf(said: string | null): string | null {
  if (said === null) return null;
  return Object.hasOwn(oemNames, said) ? oemNames[said]! : said.replaceAll(', ', ',');
}
