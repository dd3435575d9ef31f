import type { SignatureView, StampView } from '../../../shared/types/custody.ts';

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** `2026-03-01 08:00:00 UTC`. */
const shown = (iso: string | null) =>
  iso === null ? 'a time that is not known' : `${iso.slice(0, 19).replace('T', ' ')} UTC`;

/** What came later: files by the folder they lie in, and lines about findings. */
function kindsOf(later: readonly string[]): string {
  const names: readonly [string, string, string][] = [
    ['evidence/', 'evidence file', 'evidence files'],
    ['reports/', 'report', 'reports'],
    ['findings/', 'picture of a finding', 'pictures of findings'],
    ['custody.jsonl line', 'line of the log about findings', 'lines of the log about findings'],
  ];
  const parts = names.flatMap(([folder, one, many]) => {
    const n = later.filter((path) => path.startsWith(folder)).length;
    return n === 0 ? [] : [counted(n, one, many)];
  });
  const others = later.filter((path) => !names.some(([folder]) => path.startsWith(folder))).length;
  if (others > 0) parts.push(counted(others, 'other file', 'other files'));
  return parts.join(', ');
}

function ofStamp(stamp: StampView, signedAt: string | null): string {
  const error = stamp.accuracyS === null ? '' : `, error ${stamp.accuracyS} s by its own word`;
  const issuer = {
    trusted: 'Its certificate leads to one of those that were given; whether it was revoked is not checked.',
    'not checked': 'Who issued its certificate is not checked: give the authority’s certificate for that.',
    'not found': 'Its certificate does not lead to one of those that were given.',
  }[stamp.issuer];
  const ahead =
    signedAt !== null && signedAt > stamp.time
      ? ` That is before the time of signing by this computer’s clock, ${shown(signedAt)}: one of the two clocks was off.`
      : '';
  return `A time stamp says that the manifest existed at ${shown(stamp.time)}${error}, by ${stamp.authority}. ${issuer}${ahead}`;
}

/** The whole finding about a signature in plain words, for the command line, the window and the record. */
export function saidOfSignature(
  signature: Omit<SignatureView, 'said'>,
  trust: { readonly keys: readonly string[] | null },
  later: readonly string[],
  logged: { readonly seq: number; readonly name?: unknown; readonly key?: unknown } | null = null,
): string {
  const { state, name, fingerprint, signedAt, lines, files } = signature;
  if (state === 'absent' && logged) {
    return `There is no signature in the case, although line ${logged.seq} of its custody log says that it was signed, by ${String(logged.name)}, key ${String(logged.key)}. It was taken out.`;
  }
  if (state === 'absent') {
    return 'The case is not signed. The hashes show that nothing in it was changed by accident; they do not show who made it.';
  }
  const by = `${name ?? 'somebody whose name is not known'}, key ${fingerprint ?? 'not known'}`;
  const stamps = signature.stamps.map((stamp) => ofStamp(stamp, signedAt));
  if (state === 'invalid') return ['The signature does not hold; what differs is listed.', ...stamps].join(' ');
  const first =
    state === 'other key'
      ? `The signature holds, but it is not by the key that was asked for. It is by ${by}.`
      : `Signed at ${shown(signedAt)} by this computer’s clock, by ${by}. The signature holds.`;
  const whose =
    trust.keys === null
      ? ['The key is the one that lies in the case: compare its fingerprint with one that you have from the signer.']
      : [];
  const covers = `It covers ${counted(files ?? 0, 'file', 'files')} and the custody log up to line ${lines ?? 0}.`;
  const stale =
    later.length === 0
      ? []
      : [
          `Added since then and not signed: ${kindsOf(later)}. That is no fault of the evidence; sign again to cover them.`,
        ];
  return [first, ...whose, covers, ...stale, ...stamps].join(' ');
}
