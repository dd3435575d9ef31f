import { localOf, offsetMinutes, offsetText } from '../world/time.ts';
import type { Ran } from './shell.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Letters for a zone, where it has some; else its offset. */
function zoneName(us: number, zone: string): string {
  const known: Readonly<Record<string, string>> = {
    UTC: 'UTC',
    'Asia/Kolkata': 'IST',
    'Asia/Shanghai': 'CST',
    'Europe/Moscow': 'MSK',
  };
  if (zone === 'Europe/Berlin') return offsetMinutes(us, zone) === 120 ? 'CEST' : 'CET';
  if (zone === 'America/New_York') return offsetMinutes(us, zone) === -240 ? 'EDT' : 'EST';
  return known[zone] ?? offsetText(us, zone).slice(0, 3);
}

/** `date` of the phone. Before Android 7 it knows no %N and prints the letter. */
export function date(us: number, zone: string, sdk: number, args: readonly string[]): Ran {
  let place = zone;
  let format: string | null = null;
  for (const arg of args) {
    if (arg === '-u') place = 'UTC';
    else if (arg.startsWith('+')) format = arg.slice(1);
    else
      return { stdout: '', stderr: `date: Unknown option '${arg.replace(/^-+/, '')}' (see "date --help")\n`, exit: 1 };
  }
  const t = localOf(us, place);
  const weekday = weekdays[new Date(Date.UTC(+t.year, +t.month - 1, +t.day)).getUTCDay()]!;
  const month = months[+t.month - 1]!;
  format ??= '%a %b %e %H:%M:%S %Z %Y';
  const nanos = String((us % 1_000_000) * 1000).padStart(9, '0');
  const values: Readonly<Record<string, string>> = {
    s: String(Math.floor(us / 1_000_000)),
    N: sdk >= 24 ? nanos : 'N',
    Y: t.year,
    m: t.month,
    d: t.day,
    H: t.hour,
    M: t.minute,
    S: t.second,
    F: `${t.year}-${t.month}-${t.day}`,
    T: `${t.hour}:${t.minute}:${t.second}`,
    z: offsetText(us, place),
    Z: zoneName(us, place),
    a: weekday,
    b: month,
    e: t.day.replace(/^0/, ' '),
    y: t.year.slice(2),
    n: '\n',
    '%': '%',
  };
  return { stdout: `${format.replace(/%(.)/g, (all, key: string) => values[key] ?? all)}\n`, exit: 0 };
}
