import type { PhoneFile, PracticePhone } from '../practice-phone.ts';
import type { Service, ServiceStream } from './service-stream.ts';

/** Source: AOSP packages/modules/adb, file_sync_protocol.h. All numbers are little-endian. */
const longestPath = 1024;
const dataBytes = 64 * 1024;
const notFound = 2;
const directoryMode = 0o040755;

interface Status {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}

function statusOf(phone: PracticePhone, path: string): Status | null {
  const file = phone.file(path);
  if (file) return statusOfFile(file);
  return phone.list(path) ? { mode: directoryMode, size: 4096, mtime: 0 } : null;
}

const statusOfFile = (file: PhoneFile): Status => ({
  mode: file.mode,
  size: file.size ?? file.bytes.length,
  mtime: file.mtime,
});

/** `/sdcard/Download/` and `/sdcard/Download` are one folder. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function statusV1(id: string, status: Status | null): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write(id, 0, 'latin1');
  if (!status) return bytes;
  bytes.writeUInt32LE(status.mode, 4);
  bytes.writeUInt32LE(status.size >>> 0, 8);
  bytes.writeUInt32LE(status.mtime >>> 0, 12);
  return bytes;
}

/** Identification, error, device, inode, mode, links, owner, group, size and three times: 72 bytes. */
function statusV2(id: string, status: Status | null): Buffer {
  const bytes = Buffer.alloc(72);
  bytes.write(id, 0, 'latin1');
  if (!status) {
    bytes.writeUInt32LE(notFound, 4);
    return bytes;
  }
  bytes.writeBigUInt64LE(1n, 8);
  bytes.writeBigUInt64LE(1n, 16);
  bytes.writeUInt32LE(status.mode, 24);
  bytes.writeUInt32LE(1, 28);
  bytes.writeUInt32LE(2000, 32);
  bytes.writeUInt32LE(2000, 36);
  bytes.writeBigUInt64LE(BigInt(status.size), 40);
  for (const at of [48, 56, 64]) bytes.writeBigInt64LE(BigInt(status.mtime), at);
  return bytes;
}

function withName(head: Buffer, name: string): Buffer {
  const bytes = Buffer.from(name, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length, 0);
  return Buffer.concat([head, length, bytes]);
}

function wordOf(id: string, value: number, data: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(value, 4);
  return Buffer.concat([head, data]);
}

const refusal = (message: string): Buffer => wordOf('FAIL', Buffer.byteLength(message), Buffer.from(message, 'utf8'));

/** Reads exact counts from a stream of blocks. */
class Exactly {
  #held: Buffer = Buffer.alloc(0);
  #stream: ServiceStream;
  constructor(stream: ServiceStream) {
    this.#stream = stream;
  }
  async bytes(count: number): Promise<Buffer | null> {
    while (this.#held.length < count) {
      const more = await this.#stream.read();
      if (!more) return null;
      this.#held = Buffer.concat([this.#held, more]);
    }
    const out = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return out;
  }
}

async function sendFolder(phone: PracticePhone, stream: ServiceStream, path: string, v2: boolean): Promise<boolean> {
  const entry = (name: string, status: Status | null) =>
    withName(v2 ? statusV2('DNT2', status) : statusV1('DENT', status), name);
  const listed = phone.list(path);
  if (listed) {
    const here = statusOf(phone, path);
    const entries = [entry('.', here), entry('..', here)];
    for (const { name, file } of listed) entries.push(entry(name, statusOfFile(file)));
    if (!(await stream.write(Buffer.concat(entries)))) return false;
  }
  const end = Buffer.alloc(v2 ? 76 : 20);
  end.write('DONE', 0, 'latin1');
  return stream.write(end);
}

async function sendFile(phone: PracticePhone, stream: ServiceStream, path: string): Promise<boolean> {
  const file = phone.file(path);
  if (!file || (file.mode & 0o170000) === 0o040000) {
    const reason = file || phone.list(path) ? 'Is a directory' : 'No such file or directory';
    return stream.write(refusal(`${file || phone.list(path) ? 'read failed' : 'open failed'}: ${reason}`));
  }
  for await (const piece of file.stream?.() ?? [file.bytes]) {
    for (let at = 0; at < piece.length; at += dataBytes) {
      const part = piece.subarray(at, at + dataBytes);
      if (!(await stream.write(wordOf('DATA', part.length, part)))) return false;
    }
  }
  return stream.write(wordOf('DONE', 0));
}

/** The `sync:` service for reading: enough for `adb pull` and `adb ls` of files and folders. Writing is refused. */
export function syncService(phone: PracticePhone, features: readonly string[]): Service {
  return async (stream) => {
    const input = new Exactly(stream);
    for (;;) {
      const head = await input.bytes(8);
      if (!head) return;
      const id = head.toString('latin1', 0, 4);
      const length = head.readUInt32LE(4);
      if (id === 'QUIT') return;
      if (length > longestPath) {
        await stream.write(refusal('path too long'));
        return;
      }
      const path = await input.bytes(length);
      if (!path) return;
      const alive = await answerOne(id, plainPath(path.toString('utf8')), phone, features, stream);
      if (!alive) return;
    }
  };
}

async function answerOne(
  id: string,
  path: string,
  phone: PracticePhone,
  features: readonly string[],
  stream: ServiceStream,
): Promise<boolean> {
  switch (id) {
    case 'STAT':
      return stream.write(statusV1('STAT', statusOf(phone, path)));
    case 'STA2':
    case 'LST2':
      if (features.includes('stat_v2')) return stream.write(statusV2(id, statusOf(phone, path)));
      break;
    case 'LIST':
      return sendFolder(phone, stream, path, false);
    case 'LIS2':
      if (features.includes('ls_v2')) return sendFolder(phone, stream, path, true);
      break;
    case 'RECV':
      return sendFile(phone, stream, path);
    case 'SEND':
    case 'SND2':
      await stream.write(refusal('the practice phone cannot be written to'));
      return false;
  }
  await stream.write(refusal(`unknown command ${id}`));
  return false;
}
