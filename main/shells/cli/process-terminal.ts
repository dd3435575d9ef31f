import type { Engine } from '../../engine/engine-api.ts';
import { endSignal } from '../end-signal.ts';
import { plainLines } from './answer.ts';
import type { Terminal } from './terminal.ts';

/**
 * Signs that JSON lets through as they are and that a terminal may obey, as escapes of JSON. Readable answers have none of
 * them left.
 */
function steersNothing(text: string): string {
  return text.replaceAll(
    /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The terminal of this process, with the engine in it. */
export function processTerminal(settings: { readonly version: string; readonly resources: string }): {
  readonly terminal: Terminal;
  /** Closes the engine, if a verb asked for it, and waits until all was written. */
  close(): Promise<void>;
} {
  let engine: Promise<Engine> | null = null;
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`The results could not be written: ${error.code ?? error.message}.\n`, () => process.exit(3));
  });
  // Nor is one of progress and remarks: the work goes on without them.
  process.stderr.on('error', () => {});
  const signal = endSignal();
  return {
    terminal: {
      out: (text) => new Promise((done) => process.stdout.write(steersNothing(text), () => done())),
      err: (text) => void process.stderr.write(plainLines(text)),
      live: process.stderr.isTTY === true,
      signal,
      engine() {
        // Loaded when it is needed: `--help` need not wait for a database.
        engine ??= import('../../host/make-engine.ts').then(({ makeEngine }) => makeEngine(settings));
        return engine;
      },
    },
    async close() {
      // An engine that could not be made was told of already.
      await (await engine?.catch(() => null))?.close();
      await new Promise<void>((done) => process.stderr.write('', () => done()));
    },
  };
}
