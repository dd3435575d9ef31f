import { isoOf } from '../../../../shared/base/time.ts';
import { word } from './wire-numbers.ts';

/** From 1900, where NTP counts from, to 1970. Seconds. */
const EPOCH_S = 2_208_988_800;
const CLIENT = 3;

/**
 * The clock of who asks for the time, as its question carries it in its transmit timestamp (RFC 5905 §7.3: mode 3, bytes 40 to 47), as
 * ISO 8601; null for all but questions and where it says none. Android blurs what is below a millisecond;
 * some clients fill in a random value, which nothing here tells apart. Needs 48 bytes from `at`.
 */
export function clockOfAsker(bytes: Uint8Array, at: number): string | null {
  if ((bytes[at]! & 7) !== CLIENT) return null;
  const seconds = word(bytes, at + 40);
  if (seconds === 0) return null;
  // Below 1968 the count of the next era is meant, which begins in 2036 (RFC 4330 §3).
  const era = seconds >= 0x8000_0000 ? 0 : 2 ** 32;
  const us = (seconds + era - EPOCH_S) * 1_000_000 + Math.floor((word(bytes, at + 44) * 1_000_000) / 2 ** 32);
  return isoOf(us);
}
