import { androidSerialNote } from '../../../../shared/text/adb-advice.ts';
import { noPhoneSteps } from '../../../../shared/text/phone-steps.ts';
import type { BridgeView, DeviceView, PhonesView } from '../../../../shared/types/device.ts';
import { answer, known, plainLine, table, wrapped } from '../answer.ts';
import { exits, type Terminal } from '../terminal.ts';
import { verb } from '../verb.ts';

const reached = { usb: 'cable', network: 'network', emulator: 'emulator' } as const;

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
    await answer(terminal, json, rows, () => readable(phones));
    if (json) for (const { port, advice } of phones.usb ?? []) terminal.err(`USB ${port}: ${advice}\n`);
    for (const note of [...(phones.notes ?? []), ...serialNote(phones)]) terminal.err(`${note}\n`);
    return bridgeExit(phones.bridge, terminal);
  },
);

function readable({ bridge, devices: listed, usb = [] }: PhonesView): string {
  const list = table(
    listed,
    [
      { title: 'SERIAL', of: (row) => row.serial },
      { title: 'STATE', of: (row) => row.state },
      { title: 'BY', of: (row) => (row.link === undefined ? 'not known' : reached[row.link]) },
      { title: 'MODEL', of: (row) => known(row.model) },
      { title: 'ANDROID', of: (row) => known(row.android) },
    ],
    'No phone is connected.',
  );
  const said = [
    ...listed.map((phone) => told(phone.serial, phone)),
    ...usb.map((phone) => told(`USB ${phone.port}, ${phone.vendorId}:${phone.productId}`, phone)),
  ].filter((text) => text !== '');
  // Without adb nothing is known of phones: the sentence about adb says what to do.
  const nothing = said.length === 0 && listed.length === 0 && bridge.state === 'ready';
  return [list, ...said, ...(nothing ? [numbered(noPhoneSteps(process.platform))] : [])].join('\n');
}

function told(name: string, { advice, steps = [] }: Pick<DeviceView, 'advice' | 'steps'>): string {
  return advice === null ? '' : `${wrapped(`${plainLine(name)}: ${plainLine(advice)}`, '  ')}${numbered(steps)}`;
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, at) => wrapped(`  ${at + 1}. ${plainLine(step)}`, '     ')).join('');
}

/** adb's own variable, which `acquire` heeds as adb does. */
function serialNote({ devices: listed, bridge }: PhonesView): string[] {
  const serial = process.env.ANDROID_SERIAL;
  if (!serial || bridge.state !== 'ready') return [];
  return [
    androidSerialNote(
      serial,
      listed.some((phone) => phone.serial === serial),
    ),
  ];
}

function bridgeExit({ state, advice, steps = [] }: BridgeView, terminal: Terminal) {
  const works = state === 'ready' || state === 'starting';
  const sentence = advice ?? (works ? null : 'adb, the bridge to phones, does not work.');
  if (sentence !== null) terminal.err(`${wrapped(sentence, '  ')}${numbered(steps)}`);
  return works ? exits.done : exits.failed;
}
