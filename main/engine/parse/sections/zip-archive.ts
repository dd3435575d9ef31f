import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';

/** Where an archive's bytes lie: a file, or memory for an archive inside an archive. */
export type ArchiveBytes = { readonly path: string } | { readonly buffer: Buffer };

/** One member, by its central directory. Sizes in bytes as declared. */
export interface Member {
  /** Unique in the archive: the name, with ` (2)` … where a name stands twice. */
  readonly label: string;
  readonly folder: boolean;
  readonly encrypted: boolean;
  /** A way to unpack it is known. */
  readonly readable: boolean;
  /** The name leads out of the archive's own folder: `../`, `/etc`, `C:/`. */
  readonly unsafe: boolean;
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly localHeaderAt: number;
  readonly entry: yauzl.Entry;
}

export interface ZipArchive {
  readonly members: readonly Member[];
  /** Why the listing ended early; null when it is whole. */
  readonly broken: string | null;
  /** The member's bytes. Throws at damage: wrong size, bad deflate stream, wrong checksum (at the end). */
  read(member: Member): AsyncGenerator<Buffer>;
  close(): void;
}

const openOptions = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;

function decodedName(entry: yauzl.Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  try {
    return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  } catch {
    return raw.toString('latin1');
  }
}

/** Opens an archive and lists it. Rejects where it has no readable list of contents. */
export async function openZip(bytes: ArchiveBytes, mostMembers: number): Promise<ZipArchive> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    const opened = (error: Error | null, file?: yauzl.ZipFile): void => (error ? reject(error) : resolve(file!));
    if ('path' in bytes) yauzl.open(bytes.path, openOptions, opened);
    else yauzl.fromBuffer(bytes.buffer, openOptions, opened);
  });
  const members: Member[] = [];
  const seen = new Map<string, number>();
  const broken = await new Promise<string | null>((resolve) => {
    zip.on('error', (error: Error) => resolve(error.message));
    zip.on('end', () => resolve(null));
    zip.on('entry', (entry: yauzl.Entry) => {
      const name = decodedName(entry);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      members.push({
        label: count === 1 ? name : `${name} (${count})`,
        folder: name.endsWith('/'),
        encrypted: entry.isEncrypted(),
        readable: entry.canDecodeFileData(),
        unsafe: yauzl.validateFileName(name) !== null,
        size: entry.uncompressedSize,
        packed: entry.compressedSize,
        crc: entry.crc32,
        localHeaderAt: entry.relativeOffsetOfLocalHeader,
        entry,
      });
      if (members.length >= mostMembers) resolve(`it lists more than ${mostMembers} members`);
      else zip.readEntry();
    });
    zip.readEntry();
  });
  return {
    members,
    broken,
    read: (member) => readMember(zip, member),
    close: () => zip.close(),
  };
}

async function* readMember(zip: yauzl.ZipFile, member: Member): AsyncGenerator<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream & { destroy(): void }>((resolve, reject) => {
    zip.openReadStream(member.entry, (error, opened) => (error ? reject(error) : resolve(opened!)));
  });
  let sum = 0;
  try {
    for await (const chunk of stream) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
  } finally {
    stream.destroy();
  }
  if (sum >>> 0 !== member.crc >>> 0) throw new Error('the checksum in the archive does not match the content');
}
