import type { Answer, PracticePhone } from '../practice-phone.ts';
import { interactiveShell } from './interactive-shell.ts';
import type { Service, ServiceStream } from './service-stream.ts';

/** Packet ids of shell protocol v2: id, length as four bytes little-endian, data. Source: shell_protocol.h. */
const packet = { stdin: 0, stdout: 1, stderr: 2, exit: 3, closeStdin: 4, windowSize: 5 } as const;

const packetBytes = 32 * 1024;

function packetOf(id: number, data: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(5 + data.length);
  bytes.writeUInt8(id, 0);
  bytes.writeUInt32LE(data.length, 1);
  bytes.set(data, 5);
  return bytes;
}

/** What a terminal does to output: a carriage return before every line feed. */
export function asTerminal(bytes: Uint8Array): Uint8Array {
  let feeds = 0;
  for (const byte of bytes) if (byte === 0x0a) feeds += 1;
  if (feeds === 0) return bytes;
  const out = new Uint8Array(bytes.length + feeds);
  let at = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) out[at++] = 0x0d;
    out[at++] = byte;
  }
  return out;
}

/** The pieces of an answer until it ends or nobody listens any more: an answer may have nothing to say for hours. */
async function* whileHeard(stream: ServiceStream, pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  const over = stream.ended.then(() => null);
  try {
    for (;;) {
      const step = await Promise.race([source.next(), over]);
      if (step === null || step.done) return;
      yield step.value;
    }
  } finally {
    // Whoever makes the pieces is told, and not waited for: it may be asleep.
    void source.return?.();
  }
}

/** Both streams of an answer in pieces; stops as soon as `put` says that nobody listens. */
async function pour(
  stream: ServiceStream,
  answer: Answer,
  put: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => Promise<boolean>,
): Promise<boolean> {
  const pieces = answer.stdout instanceof Uint8Array ? [answer.stdout] : whileHeard(stream, answer.stdout);
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += packetBytes) {
      if (!(await put('stdout', piece.subarray(at, at + packetBytes)))) return false;
    }
  }
  return answer.stderr.length === 0 || (await put('stderr', answer.stderr));
}

/** Reads and drops what the host types, so that it never waits for us. */
async function dropInput(stream: ServiceStream): Promise<void> {
  while ((await stream.read()) !== null);
}

/**
 * `shell:` and `exec:` of the first protocol: both streams in one, no exit status. Errors come first: what a program
 * says there is not buffered, and a last line that the host asked for stays last.
 */
function plainShell(phone: PracticePhone, command: string, terminal: boolean): Service {
  return async (stream) => {
    const write = (bytes: Uint8Array) => stream.write(terminal ? asTerminal(bytes) : bytes);
    if (command === '') {
      await interactiveShell(phone, { read: () => stream.read(), write, complain: write, terminal });
      return;
    }
    void dropInput(stream);
    const answer = await phone.run(command);
    if (answer.stderr.length > 0) await write(answer.stderr);
    await pour(stream, { ...answer, stderr: new Uint8Array() }, (_, bytes) => write(bytes));
  };
}

/** Takes shell v2 packets apart and hands over what was typed; null at the end of input. */
function typedInput(stream: ServiceStream): () => Promise<Uint8Array | null> {
  let held: Buffer = Buffer.alloc(0);
  return async () => {
    for (;;) {
      while (held.length >= 5 && held.length >= 5 + held.readUInt32LE(1)) {
        const id = held.readUInt8(0);
        const data = held.subarray(5, 5 + held.readUInt32LE(1));
        held = held.subarray(5 + data.length);
        if (id === packet.stdin) return data;
        if (id === packet.closeStdin) return null;
      }
      const more = await stream.read();
      if (!more) return null;
      held = Buffer.concat([held, more]);
    }
  };
}

function packetShell(phone: PracticePhone, command: string, terminal: boolean): Service {
  return async (stream) => {
    if (command === '') {
      const put = (id: number) => (bytes: Uint8Array) =>
        stream.write(packetOf(id, terminal ? asTerminal(bytes) : bytes));
      const write = put(packet.stdout);
      const complain = terminal ? write : put(packet.stderr);
      const exit = await interactiveShell(phone, { read: typedInput(stream), write, complain, terminal });
      await stream.write(packetOf(packet.exit, Uint8Array.of(exit)));
      return;
    }
    void dropInput(stream);
    const answer = await phone.run(command);
    const alive = await pour(stream, answer, (from, bytes) =>
      terminal ? stream.write(packetOf(packet.stdout, asTerminal(bytes))) : stream.write(packetOf(packet[from], bytes)),
    );
    if (alive) await stream.write(packetOf(packet.exit, Uint8Array.of(answer.exit & 0xff)));
  };
}

/**
 * The service behind `shell:…`, `shell,v2[,raw|pty][,TERM=…]:…` and `exec:…`, or null where the phone is too old for it
 * or the name is none of them. Source: daemon/services.cpp.
 */
export function shellServiceOf(
  phone: PracticePhone,
  name: string,
  dialect: { readonly features: readonly string[]; readonly terminalShell: boolean },
): Service | null {
  if (name.startsWith('exec:')) return plainShell(phone, name.slice('exec:'.length), false);
  const match = /^shell(,[^:]*)?:([\s\S]*)$/.exec(name);
  if (!match) return null;
  const [, options = '', command = ''] = match;
  const words = options.split(',').filter((word) => word !== '');
  if (words.length === 0) return plainShell(phone, command, dialect.terminalShell || command === '');
  if (!dialect.features.includes('shell_v2')) return null;
  const terminal = words.includes('pty') || (command === '' && !words.includes('raw'));
  return words.includes('v2') ? packetShell(phone, command, terminal) : plainShell(phone, command, terminal);
}
