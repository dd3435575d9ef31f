import type { PracticePhone } from '../practice-phone.ts';

const text = new TextEncoder();

/**
 * The shell that a person meets after `adb shell` without a command: a prompt, a line, its answer. The daemon's end of
 * a terminal echoes, so this does too. Ends with `exit`, Ctrl-D or when the host hangs up.
 */
export async function interactiveShell(
  phone: PracticePhone,
  terminal: {
    read: () => Promise<Uint8Array | null>;
    write: (bytes: Uint8Array) => Promise<boolean>;
  },
): Promise<void> {
  const prompt = text.encode(`${phone.device}:/ $ `);
  await terminal.write(prompt);
  let line: number[] = [];
  for (;;) {
    const typed = await terminal.read();
    if (!typed) return;
    for (const byte of typed) {
      if (byte === 0x04 && line.length === 0) return;
      if (byte === 0x7f || byte === 0x08) {
        if (line.pop() !== undefined) await terminal.write(text.encode('\b \b'));
      } else if (byte === 0x03) {
        line = [];
        await terminal.write(text.encode('^C\n'));
        await terminal.write(prompt);
      } else if (byte === 0x0d || byte === 0x0a) {
        await terminal.write(text.encode('\n'));
        const command = Buffer.from(line).toString('utf8').trim();
        line = [];
        if (command === 'exit') return;
        if (command !== '' && !(await answer(phone, command, terminal.write))) return;
        await terminal.write(prompt);
      } else {
        line.push(byte);
        await terminal.write(Uint8Array.of(byte));
      }
    }
  }
}

async function answer(
  phone: PracticePhone,
  command: string,
  write: (bytes: Uint8Array) => Promise<boolean>,
): Promise<boolean> {
  const { stdout, stderr } = await phone.run(command);
  for await (const piece of stdout instanceof Uint8Array ? [stdout] : stdout) {
    if (!(await write(piece))) return false;
  }
  return stderr.length === 0 || (await write(stderr));
}
