/** Times and states as `dumpsys appops` writes them. Source: AppOpsService.dump and TimeUtils.formatDuration of AOSP. */

const units: readonly (readonly [RegExp, number])[] = [
  [/(\d{1,6})d/, 86_400_000_000],
  [/(\d{1,4})h/, 3_600_000_000],
  [/(\d{1,4})m(?!s)/, 60_000_000],
  [/(\d{1,4})s(?!\w)/, 1_000_000],
  [/(\d{1,6})ms/, 1_000],
];

/** `+1d2h3m4s5ms`, `-33ms` or `0` as microseconds with its sign; null where it is none. */
export function duration(text: string): number | null {
  if (text === '0') return 0;
  if (!/^[+-](?:\d{1,6}d)?(?:\d{1,4}h)?(?:\d{1,4}m(?!s))?(?:\d{1,4}s)?\d{1,6}ms$/.test(text)) return null;
  let sum = 0;
  for (const [pattern, us] of units) {
    const found = pattern.exec(text.replace(/(\d)s(\d)/, '$1s $2'));
    if (found) sum += Number(found[1]) * us;
  }
  return text.startsWith('-') ? -sum : sum;
}

/** `u0a103`, `u10s1000`, `u0i5`, `u0ai3`, `1000` as a kernel uid (UserHandle.formatUid); null where it is none. */
export function uidOfName(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const match = /^u(\d{1,5})(a|s|i|ai)(\d{1,6})$/.exec(text);
  if (!match) return null;
  const first = { a: 10_000, s: 0, i: 99_000, ai: 90_000 }[match[2] as 'a' | 's' | 'i' | 'ai'];
  return Number(match[1]) * 100_000 + first + Number(match[3]);
}

/** Numbers of modes up to Android 8 (AppOpsManager.MODE_*). */
const modes: Readonly<Record<string, string>> = { 0: 'allow', 1: 'ignore', 2: 'deny', 3: 'default', 4: 'foreground' };

/** A mode in words, whether it was said as a number or as a word. */
export function modeWord(said: string): string {
  return Object.hasOwn(modes, said) ? modes[said]! : said;
}
