import type { Log } from '../../engine/ports/log.ts';

/** Writes diagnostics to standard error when `PHONEHOME_LOG` is set; else keeps quiet. */
export function stderrLog(env: Readonly<Record<string, string | undefined>> = process.env): Log {
  if (!env.PHONEHOME_LOG) return { note() {} };
  return { note: (message) => process.stderr.write(`${new Date().toISOString()} ${message}\n`) };
}
