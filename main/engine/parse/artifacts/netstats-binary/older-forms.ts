/** Says why a file is not read, where it is a relative of the form that is; null for version 16 and for strangers. */
export function refusalOf(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) === 0x414e4554) {
    const version = view.getInt32(4);
    if (version === 16) return null;
    const old: Readonly<Record<number, string>> = {
      1: 'the network totals of Android 4.0',
      2: 'the early per-app form of Android 4.0',
      3: 'the per-app form of Android 4.0 without counter sets',
      4: 'the per-app form of Android 4.0 with counter sets',
    };
    const name = Object.hasOwn(old, version) ? `, ${old[version]}` : '';
    return `This is a netstats collection of version ${version}${name}; this program reads version 16 (Android 4.1 and later), so nothing was taken from it.`;
  }
  return bareHistory(view);
}

/** A history alone, without network and app: version, bucket length, and a first column that fits the file. */
function bareHistory(view: DataView): string | null {
  if (view.byteLength < 16) return null;
  const version = view.getInt32(0);
  const length = view.getBigInt64(4);
  const buckets = view.getInt32(12);
  if (version < 1 || version > 3 || length < 1_000n || length > 604_800_000n || length % 1_000n !== 0n) return null;
  if (buckets < 0 || buckets * (version === 1 ? 8 : 1) > view.byteLength - 16) return null;
  return `This is a bare netstats history of version ${version}: it names no network and no app, so nothing was taken from it.`;
}
