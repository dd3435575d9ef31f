import type { Micros } from '../../../shared/base/time.ts';

/** One member of the identity set of a netstats series, as the phone said it. Unknown is null, never a guess. */
export interface NetworkIdentity {
  /** ConnectivityManager number: 0 mobile, 1 Wi-Fi, 9 Ethernet, 17 VPN, … −1 none; null if it could not be read. */
  readonly type: number | null;
  /** TelephonyManager number, −1 combined, −2 5G NSA, or the text as said. */
  readonly rat: string | null;
  /** As said: six digits and dots in text, the full number in binary files. */
  readonly subscriber: string | null;
  /** Wi-Fi name without quotes and suffix, or what stands in its place. */
  readonly networkName: string | null;
  /** `wpa2-psk`, `open`, … the suffix of wifiNetworkKey. */
  readonly security: string | null;
  readonly roaming: boolean | null;
  readonly metered: boolean | null;
  readonly defaultNetwork: boolean | null;
  readonly oemManaged: string | null;
  readonly subId: number | null;
  /** NetworkCapabilities transports, or null where the form has none. */
  readonly transports: readonly number[] | null;
  /** Keys that this program does not know, kept as said. */
  readonly unknown: Readonly<Record<string, string>>;
}

/** netstats sets. `vpn in`/`vpn out` are debug duplicates. */
export type CounterSet = 'all' | 'default' | 'foreground' | 'vpn in' | 'vpn out' | 'unknown';

/** One series of a netstats history: whose bytes, on which network. Its buckets follow it. */
export interface SeriesRecord {
  readonly kind: 'series';
  /** Number of the series inside its section, from 0; buckets name it. */
  readonly series: number;
  /** Number of the dump inside the section, where several were written into one file: 0, left out, is the first. */
  readonly dump?: number;
  readonly recorder: 'dev' | 'xt' | 'uid' | 'uid_tag';
  readonly history: 'complete' | 'since boot';
  readonly identities: readonly NetworkIdentity[];
  /** As said: −1 all, −4 removed, −5 tethering. */
  readonly uid: number;
  readonly set: CounterSet;
  /** Low 32 bits, unsigned. */
  readonly tag: number;
  readonly bucketUs: Micros;
}

/** One bucket. A field that the phone did not say is null. */
export interface BucketRecord {
  readonly kind: 'bucket';
  readonly series: number;
  readonly startUs: Micros;
  readonly receivedBytes: number | null;
  readonly receivedPackets: number | null;
  readonly sentBytes: number | null;
  readonly sentPackets: number | null;
  readonly operations: number | null;
  readonly activeUs: Micros | null;
}

/** A span that a recorder says it holds (binary file names, pending notes). `toUs` null: open end. */
export interface HeldSpanRecord {
  readonly kind: 'held span';
  readonly recorder: 'dev' | 'xt' | 'uid' | 'uid_tag';
  readonly fromUs: Micros;
  readonly toUs: Micros | null;
}

/** What one source said of one package for one user (`user` null: said for all users alike). */
export interface PackageRecord {
  readonly kind: 'package';
  readonly name: string;
  readonly user: number | null;
  /** Kernel uid if the source said a uid of that user, else null; `appId` is uid modulo 100000. */
  readonly appId: number | null;
  readonly label: string | null;
  readonly version: string | null;
  readonly path: string | null;
  readonly installer: string | null;
  readonly system: boolean | null;
  readonly installed: boolean | null;
  readonly enabled: boolean | null;
  /** Local time text as said, without zone, or ISO with zone where the source says UTC. */
  readonly firstInstall: string | null;
  readonly lastUpdate: string | null;
  readonly sharedUser: string | null;
  readonly permissions: readonly { readonly name: string; readonly granted: boolean }[];
}

export interface UserRecord {
  readonly kind: 'user';
  readonly id: number;
  readonly name: string | null;
  /** Flags as said, hexadecimal. */
  readonly flags: string | null;
  readonly running: boolean | null;
}

/** A system property or header line: `ro.product.model` → `…`. */
export interface PropertyRecord {
  readonly kind: 'property';
  readonly key: string;
  readonly value: string;
}

/** When the phone wrote what is in the section, by its own clock, local text as said. */
export interface DumpTimeRecord {
  readonly kind: 'dump time';
  readonly local: string;
}

/** Both of a phone's clocks at one moment: the one on its screen and the time since its start, sleep included. */
export interface ClockReadingRecord {
  readonly kind: 'clock reading';
  readonly phoneUs: Micros;
  /** The phone's time lay in [phoneUs, phoneUs + resolutionUs). */
  readonly resolutionUs: number;
  readonly uptimeUs: number | null;
}

/** The kernel's tables of sockets, by the name of their file. */
export type SocketTable = 'tcp' | 'tcp6' | 'udp' | 'udp6';

/** One row of the kernel's tables of sockets. Addresses in their usual form; an IPv4 address that IPv6 carries is written as IPv4. */
export interface SocketRecord {
  readonly kind: 'socket';
  readonly table: SocketTable;
  readonly localIp: string;
  readonly localPort: number;
  readonly remoteIp: string;
  readonly remotePort: number;
  /** `established`, `listen`, … the kernel's word in small letters. */
  readonly state: string;
  /** Null where the kernel has forgotten it: a connection that waits to be over has lost its owner, and 0 stands there. */
  readonly uid: number | null;
  /** Number of the socket; null where it has none any more. */
  readonly inode: number | null;
}

/** One look at something that is asked again and again: when by the phone's clock, and which parts of it the phone gave. */
export interface LookRecord {
  readonly kind: 'look';
  readonly at: Micros | null;
  /** The phone's time lay in [at, at + resolutionUs). */
  readonly resolutionUs: number;
  readonly uptimeUs: number | null;
  /** Names of the tables or maps that were read, in their order. */
  readonly parts: readonly string[];
}

/** Bytes and packets since the phone started, as the kernel counts them. */
export interface CounterRecord {
  readonly kind: 'counter';
  /** `app`: of a uid, over all interfaces or over one. `interface`: of everybody on that interface. */
  readonly of: 'app' | 'interface';
  readonly uid: number | null;
  readonly iface: string | null;
  /** Null where the counter is not kept apart by it. */
  readonly set: CounterSet | null;
  readonly receivedBytes: number;
  readonly receivedPackets: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
}

/** The counter set that a uid's bytes went into at that moment. */
export interface CounterSetRecord {
  readonly kind: 'counter set';
  readonly uid: number;
  readonly set: CounterSet;
}

/** One certificate of one signer of an app's package, as one scheme of signing has it, with what the package says of itself. */
export interface ApkSignerRecord {
  readonly kind: 'apk signer';
  readonly package: string | null;
  readonly versionName: string | null;
  readonly versionCode: string | null;
  readonly scheme: 'v1' | 'v2' | 'v3' | 'v3.1';
  /** Number of the signer in the scheme, from 0. */
  readonly signer: number;
  /** `chain`: it stands behind the signer's own; `past`: the app was signed by it before, by the present one's word. */
  readonly role: 'signer' | 'chain' | 'past';
  /** SHA-256 of the certificate's bytes, lower-case hex. */
  readonly certificate: string;
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly notBefore: Micros | null;
  readonly notAfter: Micros | null;
  /** Whether the signature holds for what it signs, and whether that is the content of the package. */
  readonly signature: 'verified' | 'wrong' | 'not verified';
  readonly content: 'verified' | 'wrong' | 'not verified';
}

/** What may identify somebody, found in text that anybody on the way could read. */
export interface PersonalText {
  readonly kind: string;
  readonly value: string;
  /** The name that stands before it, or null. */
  readonly key: string | null;
}

/** One flow of a capture: all packets between two ends of one protocol. The opener is who spoke first, as far as it was seen. */
export interface FlowRecord {
  readonly kind: 'flow';
  /** IP protocol: 6 TCP, 17 UDP, … */
  readonly protocol: number;
  readonly openerIp: string;
  readonly openerPort: number;
  readonly otherIp: string;
  readonly otherPort: number;
  /** By the capturing clock. */
  readonly firstUs: Micros;
  readonly lastUs: Micros;
  readonly openerPackets: number;
  readonly openerBytes: number;
  readonly otherPackets: number;
  readonly otherBytes: number;
  /** Host, and by what it is known: `tls`, `quic`, `http`, `dns`, `push`, …, `look-up before`. */
  readonly host: string | null;
  readonly hostFrom: string | null;
  /** The app as the capture names it. */
  readonly uid: number | null;
  readonly app: string | null;
  /** `TLS`, `QUIC`, `HTTP`, … null where nothing was recognised. */
  readonly service: string | null;
  readonly alpn: readonly string[];
  readonly ja4: string | null;
  readonly encryptedHello: boolean;
  readonly requests: readonly string[];
  readonly userAgent: string | null;
  readonly said: readonly string[];
  readonly personal: readonly PersonalText[];
}

/** A question to a name server, or its answer. */
export interface LookUpRecord {
  readonly kind: 'look-up';
  readonly atUs: Micros;
  readonly clientIp: string;
  readonly serverIp: string;
  readonly uid: number | null;
  readonly name: string;
  readonly type: string;
  readonly isResponse: boolean;
  /** Of an answer: 0 done, 3 no such name, … */
  readonly code: number;
  readonly answers: readonly { readonly name: string; readonly type: string; readonly value: string | null }[];
}

/** An account that the phone holds for one of its users. */
export interface AccountRecord {
  readonly kind: 'account';
  /** Null where the source does not say whose it is. */
  readonly user: number | null;
  /** `com.google`, … the name under which an app keeps its accounts. */
  readonly type: string;
  /** As said. */
  readonly name: string;
}

/** An app that keeps accounts of a type, signed in or not. */
export interface AccountKeeperRecord {
  readonly kind: 'account keeper';
  readonly user: number | null;
  readonly type: string;
  readonly package: string;
  readonly uid: number | null;
}

/** What the phone notes of one operation that an app may do: its mode, or one of the last times at which it was done. */
export interface AppOpRecord {
  readonly kind: 'app op';
  readonly uid: number | null;
  /** Null: said of the uid, not of one of its packages. */
  readonly package: string | null;
  /** `READ_CONTACTS`, … */
  readonly op: string;
  /** `allow`, `ignore`, `deny`, `default`, `foreground`; null where it was not said. */
  readonly mode: string | null;
  /** `access`: it was done. `reject`: it was tried and refused. Null: the record says the mode only. */
  readonly of: 'access' | 'reject' | null;
  /** `top`, `fgsvc`, `fg`, `bg`, `cch`, `pers`: how the app stood; null where the form does not say it. */
  readonly state: string | null;
  /** `s` by itself, `tp`, `up` through another app, `tpd`, `upd` for another app. */
  readonly flag: string | null;
  /** Local time as said, with milliseconds; null where only the distance was said. */
  readonly local: string | null;
  /** How long before the dump; below 0 where the clock was set back since. */
  readonly agoUs: number | null;
  readonly durationUs: number | null;
}

/** One setting of the phone or of one of its users. */
export interface SettingRecord {
  readonly kind: 'setting';
  readonly namespace: 'global' | 'secure' | 'system';
  /** Null: of the phone as a whole, or the source does not say whose. */
  readonly user: number | null;
  readonly key: string;
  readonly value: string;
}

/** How one kind of data of an account is kept in step with a server. */
export interface SyncRecord {
  readonly kind: 'sync';
  readonly user: number | null;
  readonly accountType: string;
  readonly accountName: string;
  /** `com.android.contacts`, …; the end of it where the phone shortened it. */
  readonly authority: string;
  /** As said: 1 it can be, 0 it cannot, −1 not known yet; null where the form says it in another way or not. */
  readonly syncable: number | null;
  readonly enabled: boolean | null;
  /** Local times as said, to the second. */
  readonly lastSuccess: string | null;
  readonly lastFailure: string | null;
}

export type ArtifactRecord =
  | AccountRecord
  | AccountKeeperRecord
  | AppOpRecord
  | SettingRecord
  | SyncRecord
  | FlowRecord
  | LookUpRecord
  | ApkSignerRecord
  | SeriesRecord
  | BucketRecord
  | HeldSpanRecord
  | PackageRecord
  | UserRecord
  | PropertyRecord
  | DumpTimeRecord
  | ClockReadingRecord
  | SocketRecord
  | LookRecord
  | CounterRecord
  | CounterSetRecord;
