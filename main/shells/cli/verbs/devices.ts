import { answer, known, table } from '../answer.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `devices`: phones that adb sees, with state and what to do about it. */
export const devices = verb(
  'devices',
  'phones that adb sees, with their state and what to do about it',
  (command) => command,
  async ({ json, terminal }) => {
    const phones = await (await terminal.engine()).phones();
    const rows = phones.devices.map(({ serial, state, model, android, advice }) => ({
      serial,
      state,
      model,
      android,
      advice,
    }));
    await answer(terminal, json, rows, () =>
      table(
        rows,
        [
          { title: 'SERIAL', of: (row) => row.serial },
          { title: 'STATE', of: (row) => row.state },
          { title: 'MODEL', of: (row) => known(row.model) },
          { title: 'ANDROID', of: (row) => known(row.android) },
          { title: 'WHAT TO DO', of: (row) => row.advice ?? '' },
        ],
        'No phone is connected.',
      ),
    );
    if (phones.bridge.state === 'ready' || phones.bridge.state === 'starting') return exits.done;
    terminal.err(`${phones.bridge.advice ?? 'adb, the bridge to phones, does not work.'}\n`);
    return exits.failed;
  },
);
