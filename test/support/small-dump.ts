/** The history of one app: its buckets of two hours as lines of the dump. */
export interface AppHistory {
  readonly uid: number;
  readonly buckets: readonly string[];
}

/** A small `dumpsys netstats --full --uid` in the form of Android 13, own work: apps over one Wi-Fi network. */
export function netstatsOf(apps: readonly AppHistory[]): string {
  return [
    'Xt stats:',
    '  Pending bytes: 0',
    '  Complete history:',
    'UID stats:',
    '  Pending bytes: 0',
    '  Complete history:',
    ...apps.flatMap(({ uid, buckets }) => [
      `  ident=[{type=1, ratType=COMBINED, wifiNetworkKey="Home"wpa2-psk, metered=false, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}] uid=${uid} set=DEFAULT tag=0x0`,
      '    NetworkStatsHistory: bucketDuration=7200',
      ...buckets,
    ]),
    '',
  ].join('\n');
}

/** The same of one app. Bytes of bucket n: sent 1000 + n, received 2000 + n. */
export function netstatsText(choice: { uid: number; buckets: number; firstSecond?: number }): string {
  const first = choice.firstSecond ?? 1_760_767_200;
  const buckets = Array.from(
    { length: choice.buckets },
    (_, n) => `      st=${first + n * 7200} rb=${2000 + n} rp=${20 + n} tb=${1000 + n} tp=${10 + n} op=0`,
  );
  return netstatsOf([{ uid: choice.uid, buckets }]);
}
