/** One network as netstats names it; a set of them is an identity set. Numbers are Android's own. */
export interface NetworkSpec {
  /** ConnectivityManager: 0 mobile, 1 Wi-Fi, 3 SUPL, 11 IMS, 17 VPN. */
  readonly type: number;
  /** TelephonyManager: 13 LTE, 20 NR, 3 UMTS, -2 5G NSA, -1 all together. */
  readonly rat: number;
  /** Full subscriber number (IMSI), as the files have it. */
  readonly subscriber: string | null;
  readonly ssid: string | null;
  /** Suffix of the key since Android 13: `open`, `wpa2-psk`, … */
  readonly security: string | null;
  readonly roaming: boolean;
  readonly metered: boolean;
  readonly defaultNetwork: boolean;
  readonly subId: number;
  /** NetworkCapabilities transports. */
  readonly transports: readonly number[];
}

export const MOBILE = 0;
export const WIFI = 1;
export const SUPL = 3;
export const IMS = 11;
export const VPN = 17;

const typeNames: Readonly<Record<number, string>> = {
  [MOBILE]: 'MOBILE',
  [WIFI]: 'WIFI',
  [SUPL]: 'MOBILE_SUPL',
  [IMS]: 'MOBILE_IMS',
  [VPN]: 'VPN',
};

/** The name that Android 5 to 11 print for the type. */
export function typeName(type: number): string {
  return typeNames[type] ?? String(type);
}

export function wifi(ssid: string, security: string, metered: boolean): NetworkSpec {
  return {
    type: WIFI,
    rat: -1,
    subscriber: null,
    ssid,
    security,
    roaming: false,
    metered,
    defaultNetwork: true,
    subId: -1,
    transports: [1],
  };
}

export function mobile(subscriber: string, rat: number, roaming: boolean, subId: number): NetworkSpec {
  return {
    type: MOBILE,
    rat,
    subscriber,
    ssid: null,
    security: null,
    roaming,
    metered: true,
    defaultNetwork: true,
    subId,
    transports: [0],
  };
}

/** The tunnel of a VPN over what carries it. */
export function tunnel(over: NetworkSpec): NetworkSpec {
  return {
    type: VPN,
    rat: -1,
    subscriber: null,
    ssid: null,
    security: null,
    roaming: false,
    metered: over.metered,
    defaultNetwork: true,
    subId: -1,
    transports: [...over.transports, 4],
  };
}

/** An identity set: nearly always one network, two where one interface serves two purposes. */
export interface Ident {
  readonly members: readonly NetworkSpec[];
  /** Whether its bytes travelled through the tunnel of a VPN, and so stand elsewhere already. */
  readonly virtual: boolean;
}

/** Every identity set is held once, so that it can be compared by reference. */
export class IdentBook {
  readonly #byKey = new Map<string, Ident>();

  of(...members: readonly NetworkSpec[]): Ident {
    const key = JSON.stringify(members);
    let ident = this.#byKey.get(key);
    if (!ident) {
      ident = { members, virtual: members.some((member) => member.type === VPN) };
      this.#byKey.set(key, ident);
    }
    return ident;
  }
}
