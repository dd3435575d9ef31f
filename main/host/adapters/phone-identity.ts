import type { CommandResult } from '../../engine/ports/device-bridge.ts';

/** What the list of phones shows of one. */
export interface PhoneIdentity {
  readonly model: string | null;
  readonly maker: string | null;
  readonly android: string | null;
  readonly practice: boolean;
}

export const identityCommand = 'getprop';

const longestAnswer = 1024 * 1024;

/** Reads the few properties that the list shows out of the text of `getprop` (`[key]: [value]` lines). */
export function identityFrom(text: string): PhoneIdentity {
  const values = new Map<string, string>();
  for (const [, key, value] of text.matchAll(/^\[([^\]]+)\]: \[(.*)\]\r?$/gm)) values.set(key!, value!.trim());
  const told = (key: string) => values.get(key) || null;
  return {
    model: told('ro.product.model'),
    maker: told('ro.product.manufacturer'),
    android: told('ro.build.version.release'),
    practice: told('ro.phonehome.practice') !== null,
  };
}

/** Asks a phone who it is; null where it answers nothing in time. */
export async function readIdentity(
  run: (sink: (chunk: Uint8Array) => void) => Promise<CommandResult>,
): Promise<PhoneIdentity | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const result = await run((chunk) => {
    if (bytes > longestAnswer) return;
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
  });
  if (result.ending !== 'exit' && bytes === 0) return null;
  return identityFrom(Buffer.concat(chunks).toString('utf8'));
}
