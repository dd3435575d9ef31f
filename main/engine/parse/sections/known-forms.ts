import type { Artifact } from '../../model/artifact.ts';
import type { Packing } from './byte-stream.ts';
import { looksLikeDump } from './dump-cutter.ts';
import { looksLikeSegment } from './sample-segment.ts';

/** How much of a file is looked at to tell its form. */
export const sampleSize = 64 * 1024;

/** How much where an endless line hides the rest. */
export const farSampleSize = 16 * 1024 * 1024;

export type Form =
  | { readonly kind: 'zip' }
  | { readonly kind: 'packed'; readonly by: Packing }
  | { readonly kind: 'dump' }
  | { readonly kind: 'segment' }
  | { readonly kind: 'artifact'; readonly artifact: Artifact; readonly section: string }
  | { readonly kind: 'unknown'; readonly why: string };

const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

export const isZip = (bytes: Uint8Array): boolean =>
  starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6) || starts(bytes, 0x50, 0x4b, 7, 8);

/** What these first bytes say that a file is packed by, or null. */
export function packingOf(bytes: Uint8Array): Packing | null {
  if (starts(bytes, 0x1f, 0x8b, 8)) return 'gzip';
  if (starts(bytes, 0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  // Tools that pack in parallel put a frame of their own before the first.
  return starts(bytes.subarray(1), 0x2a, 0x4d, 0x18) && bytes[0]! >> 4 === 5 ? 'zstd' : null;
}

/** A line of a dump is seldom longer: such lines are left out where the beginning of a text is looked at. */
const usualLine = 8 * 1024;

/** The first lines of usual length, up to the size of a sample, and whether longer ones stood among them. */
function usualLines(bytes: Buffer): { readonly text: Buffer; readonly leftOut: boolean } {
  const kept: Buffer[] = [];
  let size = 0;
  let leftOut = false;
  for (let at = 0; at < bytes.length && size < sampleSize; ) {
    const end = bytes.indexOf(10, at);
    const stop = end < 0 ? bytes.length : end + 1;
    if (stop - at > usualLine) leftOut = true;
    else {
      kept.push(bytes.subarray(at, stop));
      size += stop - at;
    }
    at = stop;
  }
  return { text: Buffer.concat(kept), leftOut };
}

/** Whether the first bytes are text with a line so long that more has to be read before its form can be told. */
export function hidesBehindLongLine(bytes: Buffer): boolean {
  return bytes.length - bytes.lastIndexOf(10) > usualLine && /^text/.test(whatItIs(bytes));
}

/**
 * Tells the form of a file from its first bytes and its name. The name alone never decides against the bytes. Where they
 * tell nothing, the lines of usual length among them are looked at once more.
 */
export function formOf(bytes: Buffer, fileName: string, artifacts: readonly Artifact[]): Form {
  const form = formOfSample(bytes.subarray(0, sampleSize), fileName, artifacts);
  if (form.kind !== 'unknown') return form;
  const { text, leftOut } = usualLines(bytes);
  const second = leftOut ? formOfSample(text, fileName, artifacts) : form;
  return second.kind === 'unknown' ? form : second;
}

function formOfSample(bytes: Buffer, fileName: string, artifacts: readonly Artifact[]): Form {
  const archive = artifacts.find(({ form }) => form === 'archive');
  const packed = archive?.recognise({ text: '', bytes, fileName }) ?? null;
  if (archive && packed !== null) return { kind: 'artifact', artifact: archive, section: packed };
  if (isZip(bytes)) return { kind: 'zip' };
  const by = packingOf(bytes);
  if (by !== null) return { kind: 'packed', by };
  const text = bytes.toString(starts(bytes, 0xff, 0xfe) ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
  const sample = { text, bytes, fileName };
  for (const artifact of artifacts) {
    const whole = artifact.form === 'binary' || artifact.form === 'capture';
    const section = whole ? artifact.recognise(sample) : null;
    if (section !== null) return { kind: 'artifact', artifact, section };
  }
  if (looksLikeSegment(text)) return { kind: 'segment' };
  if (looksLikeDump(text)) return { kind: 'dump' };
  for (const artifact of artifacts) {
    const section = artifact.form === 'text' ? artifact.recognise(sample) : null;
    if (section !== null) return { kind: 'artifact', artifact, section };
  }
  return { kind: 'unknown', why: `is ${whatItIs(bytes)}` };
}

const magics: readonly (readonly [string, readonly number[], number])[] = [
  ['a JPEG picture', [0xff, 0xd8, 0xff], 0],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47], 0],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38], 0],
  ['a WebP picture or other RIFF file', [0x52, 0x49, 0x46, 0x46], 0],
  ['a video or an MPEG-4 file', [0x66, 0x74, 0x79, 0x70], 4],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46], 0],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 0],
  ['a program (ELF)', [0x7f, 0x45, 0x4c, 0x46], 0],
  ['a Windows program', [0x4d, 0x5a], 0],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf], 0],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21], 0],
  ['a tar archive', [0x75, 0x73, 0x74, 0x61, 0x72], 257],
  ['an Android backup', [0x41, 0x4e, 0x44, 0x52, 0x4f, 0x49, 0x44, 0x20, 0x42], 0],
  ['a binary XML file of Android', [0x41, 0x42, 0x58], 0],
  ['a zip archive', [0x50, 0x4b, 3, 4], 0],
  ['a gzip file', [0x1f, 0x8b, 8], 0],
  ['a zstd file', [0x28, 0xb5, 0x2f, 0xfd], 0],
];

/** A few words for what a file seems to be, for the sentence that says that it is not read. */
export function whatItIs(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty';
  const known = magics.find(([, magic, at]) => magic.every((byte, i) => bytes[at + i] === byte));
  if (known) return known[0];
  let strange = 0;
  const size = Math.min(bytes.length, 4_096);
  for (let i = 0; i < size; i += 1) {
    const byte = bytes[i]!;
    if (byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27))
      strange += 1;
  }
  return strange * 20 > size ? 'a binary file of unknown form' : 'text in no form that this program knows';
}
