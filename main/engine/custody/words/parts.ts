import { grouped } from '../../../../shared/base/grouped.ts';
import { isoOf } from '../../../../shared/base/time.ts';
import { plainText } from '../../../../shared/text/plain-text.ts';

/** A line of the log, as data. What it says of itself is checked before it is used: older logs lack some of it. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The sentence for one action. */
export type Words = (line: LogLine) => string;

const LONGEST_COMMAND = 400;

/** Text from the log, cut and fit for a screen; `otherwise` where there is none. */
export function text(value: unknown, otherwise = 'not known', most = 200): string {
  return typeof value === 'string' && value !== '' ? plainText(value, most) : otherwise;
}

/** A command as it was sent. */
export function command(value: unknown): string {
  return text(value, 'a command that is not known', LONGEST_COMMAND);
}

export const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** A figure, or that it is not known. */
export function figure(value: unknown): string {
  const number = numberIn(value);
  return number === null ? 'a number that is not known' : grouped(number);
}

/** `1 byte`, `4 096 bytes`. */
export function counted(value: unknown, one: string, many: string): string {
  const number = numberIn(value);
  return number === null ? `${many}: not known` : `${grouped(number)} ${number === 1 ? one : many}`;
}

/** The first digits of a hash, enough to find it in a list; the line has it whole. */
export function hash(value: unknown): string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
    ? `SHA-256 beginning ${value.slice(0, 12)}`
    : 'SHA-256 not known';
}

/** `4 096 bytes, SHA-256 beginning 0123456789ab`. */
export function bytesAndHash(line: LogLine): string {
  return `${counted(line.bytes, 'byte', 'bytes')}, ${hash(line.sha256)}`;
}

const rounded = (ms: number) => (Math.abs(ms) >= 100 ? grouped(ms) : String(Number(ms.toFixed(1))).replace('-', '−'));

/** `Phone’s clock +2.4 ms, error 0.6 ms.`, phone minus this computer; says where it was not measured. */
export function phoneClock(offsetMs: unknown, errorMs: unknown): string {
  const offset = numberIn(offsetMs);
  if (offset === null) return 'The phone’s clock had not been compared by then.';
  const error = numberIn(errorMs);
  const sign = offset > 0 ? '+' : '';
  return `Phone’s clock ${sign}${rounded(offset)} ms${error === null ? '' : `, error ${rounded(error)} ms`}.`;
}

/** Microseconds of UTC from a time in the log; null for what is none. */
export function microsIn(value: unknown): number | null {
  const match = typeof value === 'string' ? /^(.{19})(?:\.(\d{1,6}))?Z$/.exec(value) : null;
  const ms = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms * 1000 + Number((match?.[2] ?? '').padEnd(6, '0'));
}

/** How long something took: `12 ms`, `3.4 s`, `14 min`. */
export function took(before: unknown, after: unknown): string | null {
  const [from, to] = [microsIn(before), microsIn(after)];
  return from === null || to === null ? null : lasted((to - from) / 1000);
}

/** A length of time in milliseconds, in words. */
export function lasted(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${grouped(ms / 60_000)} min`;
}

/** Host time for a reader: `2026-03-01 08:00:12.345 UTC`. */
export function hostTime(value: unknown): string {
  const us = microsIn(value);
  return us === null ? 'a time that is not known' : `${isoOf(us).slice(0, 23).replace('T', ' ')} UTC`;
}

/** Sentences joined, empty ones left out. */
export function sentences(...parts: readonly (string | null | false)[]): string {
  return parts.filter((part) => part !== null && part !== false && part !== '').join(' ');
}

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** An object in a line; empty where it is none. */
export const partIn = (value: unknown): LogLine =>
  typeof value === 'object' && value !== null ? (value as LogLine) : {};
