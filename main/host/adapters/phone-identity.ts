import { plainText } from '../../../shared/text/plain-text.ts';
import type { CommandResult } from '../../engine/ports/device-bridge.ts';

/** What the list of phones shows of one. */
export interface PhoneIdentity {
  readonly model: string | null;
  /** The name under which it is sold, by the property of its maker (Xiaomi, Huawei and Honor set one). */
  readonly marketName: string | null;
  readonly maker: string | null;
  readonly android: string | null;
  readonly practice: boolean;
  /** The phone's serial of its own, whatever name it is listed under. */
  readonly ownSerial: string | null;
}

export const identityCommand = 'getprop';

const longestAnswer = 1024 * 1024;
const longestName = 80;

/** Reads the few properties that the list shows out of the text of `getprop` (`[key]: [value]` lines). */
export function identityFrom(text: string): PhoneIdentity {
  const values = new Map<string, string>();
  for (const [, key, value] of text.matchAll(/^\[([^\]]+)\]: \[(.*)\]\r?$/gm)) values.set(key!, value!.trim());
  // A phone may call itself anything: what is shown of it must not be able to move a terminal or fill a window.
  const told = (key: string) => {
    const value = values.get(key);
    return value ? plainText(value, longestName) : null;
  };
  return {
    model: told('ro.product.model'),
    marketName: told('ro.product.marketname') ?? told('ro.product.odm.marketname') ?? told('ro.config.marketing_name'),
    maker: told('ro.product.manufacturer'),
    android: told('ro.build.version.release'),
    practice: told('ro.phonehome.practice') !== null,
    ownSerial: told('ro.serialno') ?? told('ro.boot.serialno'),
  };
}

/**
 * Asks a phone who it is; null where it answers nothing in time. `enough` is aborted once more has come than any phone
 * has to say.
 */
export async function readIdentity(
  run: (sink: (chunk: Uint8Array) => void, enough: AbortSignal) => Promise<CommandResult>,
): Promise<PhoneIdentity | null> {
  const chunks: Uint8Array[] = [];
  const enough = new AbortController();
  let bytes = 0;
  const result = await run((chunk) => {
    if (bytes < longestAnswer) chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes >= longestAnswer) enough.abort();
  }, enough.signal);
  if (result.ending !== 'exit' && bytes === 0) return null;
  return identityFrom(Buffer.concat(chunks).toString('utf8'));
}
