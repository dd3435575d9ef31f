/*
 * The tar form of POSIX.1-2001 (pax), as far as a case needs it: files and folders. Written here because it is little, because
 * reading must refuse all that a case does not hold, and so that a sealed case opens with `age` and `tar` alone.
 */

export const BLOCK = 512;
/** Larger sizes do not fit in the eleven octal digits of a header. */
const LARGEST_PLAIN = 8 ** 11 - 1;

export interface TarEntry {
  /** With `/`, without one at the end. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
  readonly writable: boolean;
  /** Seconds since 1970. */
  readonly changedAt: number;
}

/** What is not as a sealed case is. Callers turn it into a sentence that names the file. */
export class TarFault extends Error {
  readonly hostile: boolean;
  constructor(message: string, hostile = false) {
    super(message);
    this.hostile = hostile;
  }
}

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;

function header(name: string, type: string, bytes: number, mode: number, seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'utf8');
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(bytes, 12), 124);
  block.write(octal(Math.max(0, Math.floor(seconds)), 12), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** `length key=value\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const size = Buffer.byteLength(rest);
  let length = size + String(size).length;
  if (String(length).length > String(size).length) length = size + String(length).length;
  return `${length}${rest}`;
}

/** Zeros up to the next block. */
export function padding(bytes: number): Uint8Array {
  return new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** The end of an archive. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * BLOCK);
}

/** What stands before the bytes of an entry. */
export function tarHeader(entry: TarEntry): Uint8Array {
  const folder = entry.kind === 'folder';
  const name = folder ? `${entry.path}/` : entry.path;
  const records: string[] = [];
  if (Buffer.byteLength(name) > 100 || /[^\x20-\x7e]/.test(name)) records.push(paxRecord('path', name));
  if (entry.bytes > LARGEST_PLAIN) records.push(paxRecord('size', String(entry.bytes)));
  const mode = (entry.writable ? 0o644 : 0o444) | (folder ? 0o111 : 0);
  const plain = entry.bytes > LARGEST_PLAIN ? 0 : entry.bytes;
  const own = header(name, folder ? '5' : '0', plain, mode, entry.changedAt);
  if (records.length === 0) return own;
  const text = Buffer.from(records.join(''), 'utf8');
  return Buffer.concat([header('pax', 'x', text.length, 0o644, 0), text, padding(text.length), own]);
}

const isZero = (block: Uint8Array) => block.every((byte) => byte === 0);

function numberAt(block: Buffer, at: number, width: number): number {
  const text = block
    .toString('latin1', at, at + width)
    .replace(/[\0 ]+$/, '')
    .trim();
  if (!/^[0-7]*$/.test(text)) throw new TarFault('a number in a header is none');
  return text === '' ? 0 : Number.parseInt(text, 8);
}

function textAt(block: Buffer, at: number, width: number): string {
  const bytes = block.subarray(at, at + width);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? width : end).toString('utf8');
}

export interface ReadHeader extends TarEntry {
  /** `x` and `g` are notes about the next entry or all; others are none that a case holds. */
  readonly type: string;
}

/** Reads a header block; null for one of zeros. Throws `TarFault`. */
export function readTarHeader(bytes: Uint8Array): ReadHeader | null {
  if (isZero(bytes)) return null;
  const block = Buffer.from(bytes);
  const said = numberAt(block, 148, 8);
  block.fill(0x20, 148, 156);
  if (said !== block.reduce((total, byte) => total + byte, 0)) throw new TarFault('a header does not fit its checksum');
  const type = textAt(block, 156, 1) || '0';
  const prefix = textAt(block, 345, 155);
  const name = textAt(block, 0, 100);
  const path = prefix === '' ? name : `${prefix}/${name}`;
  return {
    type,
    path: path.replace(/\/$/, ''),
    kind: type === '5' ? 'folder' : 'file',
    bytes: numberAt(block, 124, 12),
    writable: (numberAt(block, 100, 8) & 0o200) !== 0,
    changedAt: numberAt(block, 136, 12),
  };
}

/** Reads the notes of a pax header. Throws `TarFault`. */
export function readPax(bytes: Uint8Array): { readonly path?: string; readonly bytes?: number } {
  const found: { path?: string; bytes?: number } = {};
  const text = Buffer.from(bytes);
  for (let at = 0; at < text.length; ) {
    const space = text.indexOf(0x20, at);
    const length = Number(text.toString('latin1', at, space));
    if (space < 0 || !Number.isInteger(length) || length < 5 || at + length > text.length)
      throw new TarFault('a note about an entry cannot be read');
    const [, key, value] = /^([^=]+)=([\s\S]*)\n$/.exec(text.toString('utf8', space + 1, at + length)) ?? [];
    if (key === 'path') found.path = (value ?? '').replace(/\/$/, '');
    if (key === 'size') found.bytes = Number(value);
    at += length;
  }
  if (found.bytes !== undefined && !(Number.isSafeInteger(found.bytes) && found.bytes >= 0))
    throw new TarFault('a size that no file has');
  return found;
}

/** Signs that some system takes for something else, and endings that Windows drops. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name.
const unfit = /[\x00-\x1f\x7f\\:*?"<>|]|[. ]$/;
/** Names that Windows takes for devices, whatever their ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

/** Why an entry may not be written below a folder, or null. Windows' separators and devices are refused on every system. */
export function unsafePath(path: string): string | null {
  if (path === '' || path.length > 4000) return 'an entry has no name that can be used';
  const parts = path.split('/');
  const bad = parts.find(
    (part) => part === '' || part === '.' || part === '..' || unfit.test(part) || device.test(part),
  );
  return bad === undefined
    ? null
    : `an entry has a name that leads out of the case or that not every system can hold (${JSON.stringify(path.slice(0, 80))})`;
}
