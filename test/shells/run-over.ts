import type { Engine } from '../../main/engine/engine-api.ts';
import { runCli } from '../../main/shells/cli/run-cli.ts';

/** A run of the command line over an engine, with what it wrote. */
export async function runOver(
  engine: Engine,
  argv: readonly string[],
): Promise<{ exit: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const terminal = {
    out: async (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
    live: false,
    signal: new AbortController().signal,
    engine: async () => engine,
  };
  return { exit: await runCli([...argv], terminal, '1.2.3'), ...said };
}
