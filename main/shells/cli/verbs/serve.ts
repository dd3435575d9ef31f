import { portOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly port: number;
  readonly case?: string;
}

/** `serve`: the window in a browser, until Ctrl-C. */
export const serve = verb<Options>(
  'serve',
  'serve the window to a browser on this machine, on the loopback only, until Ctrl-C',
  (command) => command.addOption(portOption()).option('--case <folder>', 'the case to open at once'),
  async ({ options, json, terminal }) => {
    const { runWindow } = await import('../../web/run-window.ts');
    await runWindow({
      port: options.port,
      case: options.case ?? null,
      browser: false,
      signal: terminal.signal,
      tell: (address) => terminal.out(json ? `${JSON.stringify({ address })}\n` : `${address}\n`),
      hint: (sentence) => terminal.err(`${sentence}\n`),
    });
    return exits.done;
  },
);
