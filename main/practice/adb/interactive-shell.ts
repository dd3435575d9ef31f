import type { PracticePhone } from '../practice-phone.ts';

const text = new TextEncoder();

const key = { interrupt: 0x03, endOfInput: 0x04, backspace: 0x08, lineFeed: 0x0a, carriageReturn: 0x0d, delete: 0x7f };

/** Where a shell without a command reads and writes. A terminal echoes what is typed and shows a prompt; a pipe does not. */
export interface ShellEnds {
  read(): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<boolean>;
  /** Standard error; a terminal has one stream for both. */
  complain(bytes: Uint8Array): Promise<boolean>;
  readonly terminal: boolean;
}

/**
 * The shell that `adb shell` without a command opens: a line, its answer, until `exit`, the end of the input or the
 * host's hanging up. Resolves with the status of the last command.
 */
export async function interactiveShell(phone: PracticePhone, ends: ShellEnds): Promise<number> {
  const show = (shown: string) => (ends.terminal ? ends.write(text.encode(shown)) : Promise.resolve(true));
  const prompt = `${phone.device}:/ $ `;
  let status = 0;
  let line: number[] = [];
  const runLine = async (): Promise<boolean> => {
    const command = Buffer.from(line).toString('utf8').trim();
    line = [];
    if (command === '') return true;
    const leave = /^exit(?: (\d{1,3}))?$/.exec(command);
    if (leave) {
      status = leave[1] === undefined ? status : Number(leave[1]) & 0xff;
      return false;
    }
    const answer = await phone.run(command);
    status = answer.exit;
    for await (const piece of answer.stdout instanceof Uint8Array ? [answer.stdout] : answer.stdout) {
      if (!(await ends.write(piece))) return false;
    }
    return answer.stderr.length === 0 || (await ends.complain(answer.stderr));
  };

  await show(prompt);
  for (let typed = await ends.read(); typed; typed = await ends.read()) {
    for (const byte of typed) {
      if (byte === key.lineFeed || byte === key.carriageReturn) {
        await show('\n');
        if (!(await runLine())) return status;
        await show(prompt);
      } else if (!ends.terminal) {
        line.push(byte);
      } else if (byte === key.endOfInput && line.length === 0) {
        return status;
      } else if (byte === key.interrupt) {
        line = [];
        await show(`^C\n${prompt}`);
      } else if (byte === key.backspace || byte === key.delete) {
        if (line.pop() !== undefined) await show('\b \b');
      } else {
        line.push(byte);
        await ends.write(Uint8Array.of(byte));
      }
    }
  }
  await runLine();
  return status;
}
