import { openBrowser } from './open-browser.ts';
import { serveWindow } from './serve-window.ts';

export interface RunWindowOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly case: string | null;
  /** Open a browser where there is one. */
  readonly browser: boolean;
  /** Ends the program. */
  readonly signal: AbortSignal;
  /** Told the address, and each new one. */
  readonly tell: (address: string) => unknown;
  readonly hint: (sentence: string) => unknown;
}

/** Serves the window until it is told to end. */
export async function runWindow(options: RunWindowOptions): Promise<void> {
  const server = await serveWindow({ port: options.port, case: options.case, onNewAddress: options.tell });
  options.tell(server.address());
  options.hint('The address is good once. End the program with Ctrl-C.');
  if (options.browser) await openBrowser(server.address());
  if (!options.signal.aborted) {
    await new Promise((done) => options.signal.addEventListener('abort', done, { once: true }));
  }
  await server.close();
}
