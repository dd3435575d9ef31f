import { Failure } from '../../../shared/base/failure.ts';
import type { Terminal } from './terminal.ts';

/** Where a passphrase may stand for scripts. Never an argument: those can be seen by every account of the machine. */
export const PASSPHRASE = 'PHONEHOME_PASSPHRASE';

/** Reads a line from a terminal without showing it. Ctrl-C rejects with `cancelled`. */
function hiddenLine(terminal: Terminal, question: string): Promise<string> {
  const { stdin } = process;
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = () => {
      stdin.off('data', taken);
      stdin.setRawMode(false);
      stdin.pause();
      terminal.err('\n');
    };
    const taken = (chunk: string) => {
      for (const sign of chunk) {
        if (sign === '\r' || sign === '\n' || sign === '\u0004') {
          end();
          resolve(typed);
          return;
        }
        if (sign === '\u0003') {
          end();
          reject(new Failure('cancelled', 'No passphrase was given.', 'Nothing was done.'));
          return;
        }
        if (sign === '\u007f' || sign === '\b') typed = [...typed].slice(0, -1).join('');
        else if (sign === '\u0015') typed = '';
        else if (sign >= ' ') typed += sign;
      }
    };
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.resume();
    stdin.on('data', taken);
    // Asked only now: what is typed before the terminal stops showing it would be seen.
    terminal.err(question);
  });
}

/**
 * The passphrase of the signing key: from the environment, else asked for at the terminal, twice when it is a new one.
 * Throws Failure `wrong-use` where neither can be had.
 */
export async function passphraseFrom(terminal: Terminal, fresh: boolean): Promise<string> {
  const given = process.env[PASSPHRASE];
  // Nothing that this process may start shall inherit it.
  delete process.env[PASSPHRASE];
  if (given) return given;
  if (!process.stdin.isTTY || !terminal.live) {
    throw new Failure(
      'wrong-use',
      'The passphrase of the signing key is asked for at a terminal, and there is none here.',
      `Scripts give it in ${PASSPHRASE}.`,
    );
  }
  const first = await hiddenLine(terminal, fresh ? 'New passphrase: ' : 'Passphrase of the signing key: ');
  if (!fresh) return first;
  const second = await hiddenLine(terminal, 'The same again: ');
  if (first !== second) throw new Failure('wrong-use', 'The two passphrases differ.', 'No key was made.');
  return first;
}
