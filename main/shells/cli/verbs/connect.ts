import { createInterface } from 'node:readline/promises';
import type { ConnectOutcome } from '../../../../shared/types/device.ts';
import { answer } from '../answer.ts';
import { type Exit, exits, type Terminal } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `pair`: makes a phone know this computer over the network (Android 11 and later). */
export const pair = verb(
  'pair',
  'pair with a phone over the network, by the address and the code that its screen shows (Android 11 and later)',
  (command) =>
    command
      .argument('<address>', 'address and port under “Pair device with pairing code”, such as 192.168.1.20:37099')
      .argument('[code]', 'the six digits; left out, they are asked for'),
  async ({ json, terminal }, [address, code]) => {
    const engine = await terminal.engine();
    return told(
      terminal,
      json,
      await engine.pairPhone(String(address), code === undefined ? await asked(terminal) : String(code)),
    );
  },
);

/** `connect`: makes adb see a phone over the network. */
export const connect = verb(
  'connect',
  'connect to a phone over the network',
  (command) =>
    command.argument('<address>', 'address and port that “Wireless debugging” shows, such as 192.168.1.20:41235'),
  async ({ json, terminal }, [address]) =>
    told(terminal, json, await (await terminal.engine()).connectPhone(String(address))),
);

async function told(terminal: Terminal, json: boolean, outcome: ConnectOutcome): Promise<Exit> {
  if (json || outcome.ok) await answer(terminal, json, outcome, () => outcome.sentence);
  else terminal.err(`${outcome.sentence}\n`);
  if (outcome.ok) return exits.done;
  return outcome.failure === 'bad-address' || outcome.failure === 'bad-code' ? exits.wrongUse : exits.failed;
}

/** The code from standard input: other programs see the arguments of a command, and not what it reads. */
async function asked(terminal: Terminal): Promise<string> {
  if (process.stdin.isTTY) terminal.err('Pairing code: ');
  const lines = createInterface({ input: process.stdin, signal: terminal.signal });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
