import type { NetworkIdentity } from '../model/record.ts';

/** ConnectivityManager's numbers that mean the mobile radio (MMS, SUPL, IMS, … are ways to use it). */
const MOBILE = new Set([0, 2, 3, 4, 5, 10, 11, 12, 14, 15]);
const TRANSPORT_VPN = 4;
const TYPE_VPN = 17;

export type NetworkType = 'wifi' | 'mobile' | 'ethernet' | 'bluetooth' | 'vpn' | 'other' | 'none';

/** A network as the case knows it. */
export interface Network {
  /** The whole identity in one form: two dumps of one phone agree in it. */
  readonly ident: string;
  /** What lanes group by: medium, name, roaming. */
  readonly key: string;
  readonly type: NetworkType;
  /** Wi-Fi name; for mobile the first six digits of the subscriber (country, operator); null where nothing was said. */
  readonly name: string | null;
  readonly operator: string | null;
  readonly rat: string | null;
  readonly roaming: boolean | null;
  readonly metered: boolean | null;
  /** The series of a VPN's own interface; its bytes stand a second time on the network below it. */
  readonly vpn: boolean;
  readonly defaultNetwork: boolean | null;
}

function typeOf(identity: NetworkIdentity): NetworkType {
  if (identity.type === TYPE_VPN || identity.transports?.includes(TRANSPORT_VPN)) return 'vpn';
  if (identity.type === null) {
    if (identity.transports?.includes(1)) return 'wifi';
    if (identity.transports?.includes(0)) return 'mobile';
    return identity.networkName ? 'wifi' : identity.subscriber ? 'mobile' : 'other';
  }
  if (MOBILE.has(identity.type)) return 'mobile';
  if (identity.type === 1 || identity.type === 13) return 'wifi';
  if (identity.type === 7) return 'bluetooth';
  if (identity.type === 9) return 'ethernet';
  return identity.type === -1 ? 'none' : 'other';
}

/** The subscriber's country and operator: text dumps give six digits, binary files the whole number. */
function operatorOf(subscriber: string | null): string | null {
  const digits = subscriber?.replace(/\D.*$/, '').slice(0, 6) ?? '';
  return digits.length >= 5 ? digits : null;
}

function canonical(identity: NetworkIdentity): string {
  return [
    typeOf(identity),
    identity.type ?? '?',
    identity.rat ?? '?',
    operatorOf(identity.subscriber) ?? '',
    identity.networkName ?? '',
    identity.roaming ? 'R' : '',
    identity.metered === null ? '?' : identity.metered ? 'M' : '',
    identity.defaultNetwork === null ? '?' : identity.defaultNetwork ? 'D' : '',
    identity.oemManaged ?? '',
    identity.subId ?? '',
  ].join('\u001f');
}

/** All that is said of any member: true if one says so, null if none says anything. */
function anyOf(values: readonly (boolean | null)[]): boolean | null {
  return values.some((one) => one === true) ? true : values.some((one) => one === false) ? false : null;
}

/** Joins the identity set of a series into one network. An empty set becomes type `none`. */
export function networkOf(identities: readonly NetworkIdentity[]): Network {
  const ident = identities.map(canonical).sort().join('\u001e');
  const types = identities.map(typeOf);
  const vpn = types.includes('vpn');
  const main = identities[types.findIndex((type) => type !== 'vpn' && type !== 'other')] ?? identities[0];
  const type = vpn ? 'vpn' : main ? typeOf(main) : 'none';
  const operator = operatorOf(main?.subscriber ?? null);
  const name = main?.networkName ?? operator;
  const roaming = anyOf(identities.map((one) => one.roaming));
  return {
    ident,
    key: [type, name ?? '', roaming ? 'roaming' : ''].join(':'),
    type,
    name,
    operator,
    rat: main?.rat ?? null,
    roaming,
    metered: anyOf(identities.map((one) => one.metered)),
    vpn,
    defaultNetwork: anyOf(identities.map((one) => one.defaultNetwork)),
  };
}

const interfaceTypes: readonly (readonly [RegExp, NetworkType])[] = [
  [/^(?:tun|ppp|ipsec|wg|utun|xfrm)\d*$/, 'vpn'],
  [/^(?:v4-)?wlan\d*$/, 'wifi'],
  [/^(?:v4-)?(?:rmnet|r_rmnet|rev_rmnet|ccmni|seth_lte|pdp)\w*$/, 'mobile'],
  [/^eth\d*$/, 'ethernet'],
  [/^bt-pan$/, 'bluetooth'],
];

/** The network that an interface of the kernel stands for, as far as its name tells. Null: no interface was said. */
export function networkOfInterface(name: string | null): Network {
  if (name === null) return networkOf([]);
  const type = interfaceTypes.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
  return {
    ident: `interface\u001f${name}`,
    key: `${type}:${name}:`,
    type,
    name,
    operator: null,
    rat: null,
    roaming: null,
    metered: null,
    vpn: type === 'vpn',
    defaultNetwork: null,
  };
}
