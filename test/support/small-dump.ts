/** A small `dumpsys netstats --full --uid` in the form of Android 13, own work. Bytes of bucket n: sent 1000 + n, received 2000 + n. */
export function netstatsText(choice: { uid: number; buckets: number; firstSecond?: number }): string {
  const first = choice.firstSecond ?? 1_760_767_200;
  const rows = Array.from(
    { length: choice.buckets },
    (_, n) => `      st=${first + n * 7200} rb=${2000 + n} rp=${20 + n} tb=${1000 + n} tp=${10 + n} op=0`,
  );
  return [
    'Xt stats:',
    '  Pending bytes: 0',
    '  Complete history:',
    'UID stats:',
    '  Pending bytes: 0',
    '  Complete history:',
    `  ident=[{type=1, ratType=COMBINED, wifiNetworkKey="Home"wpa2-psk, metered=false, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}] uid=${choice.uid} set=DEFAULT tag=0x0`,
    '    NetworkStatsHistory: bucketDuration=7200',
    ...rows,
    '',
  ].join('\n');
}
