import { Failure } from '../../../shared/base/failure.ts';
import type { Place, SectionHead } from '../model/place.ts';
import { defaultLimits } from './sections/budget.ts';
import { type ByteStream, fileBytes, gathered, unpacked, withBeginning } from './sections/byte-stream.ts';
import { isZip, packingOf } from './sections/known-forms.ts';
import { splitterFor } from './sections/line-splitter.ts';
import { openZip } from './sections/zip-archive.ts';

/** One line of the raw view. `n` is the line's number, null in the hexadecimal view; `hit` marks the place asked for. */
export interface RawLine {
  readonly n: number | null;
  readonly text: string;
  readonly hit: boolean;
}

const longestShown = 500;
const mostAround = 500;
const rowSize = 16;

/**
 * The bytes of an evidence file around a place, as a person would find them there: lines where the place has a line
 * number, rows of 16 bytes in hexadecimal where it has an offset only. `around`: so many lines or rows before and after.
 * Members of archives are unpacked up to the place. Empty where the place lies behind the end.
 * Rejects with Failure `case-damaged` if the file or the member is not to be had.
 */
export async function readRaw(
  source: { readonly path: string },
  section: Pick<SectionHead, 'member' | 'offset' | 'name'>,
  place: Place,
  around: number,
): Promise<RawLine[]> {
  const reach = Math.max(0, Math.min(mostAround, Math.trunc(around)));
  try {
    const bytes = await reachMember(fileBytes(source.path), source.path, section.member, 0);
    if (place.line !== null) return await linesAround(bytes, place.line, reach);
    return await rowsAround(bytes, place.offset ?? section.offset, reach);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    const what = section.member === null ? 'the evidence file' : `"${section.member}" in the evidence file`;
    throw new Failure('case-damaged', `The bytes of ${what} cannot be read: ${(thrown as Error).message}.`);
  }
}

/** Follows a member's path, from container to container, to the bytes of the last. */
export async function reachMember(
  bytes: ByteStream,
  path: string | null,
  member: string | null,
  depth: number,
): Promise<ByteStream> {
  if (member === null) return bytes;
  const { beginning, whole } = await withBeginning(bytes, 4);
  const packing = packingOf(beginning);
  if (packing !== null) {
    // A packed file holds one thing, so its name in the path need not be compared.
    const next = member.indexOf(' › ');
    return reachMember(unpacked(whole, packing), null, next < 0 ? null : member.slice(next + 3), depth + 1);
  }
  if (!isZip(beginning) || depth > defaultLimits.depth) {
    await whole.close();
    throw new Failure('case-damaged', `The evidence file holds no member "${member}".`);
  }
  const buffer = path === null ? await gathered(whole, defaultLimits.mostHeld) : null;
  if (path !== null) await whole.close();
  if (path === null && !buffer)
    throw new Failure('case-damaged', `The archive around "${member}" is too large to open.`);
  const archive = await openZip(path === null ? { buffer: buffer! } : { path }, defaultLimits.mostMembers);
  // The longest name first: a name may hold the mark that stands between containers.
  const found = archive.members
    .filter(({ label }) => label === member || member.startsWith(`${label} › `))
    .sort((a, b) => b.label.length - a.label.length)[0];
  if (!found) {
    archive.close();
    throw new Failure('case-damaged', `The evidence file holds no member "${member}".`);
  }
  async function* content(): AsyncGenerator<Buffer> {
    try {
      yield* archive.read(found!);
    } finally {
      archive.close();
    }
  }
  const rest = member === found.label ? null : member.slice(found.label.length + 3);
  return reachMember(content(), null, rest, depth + 1);
}

const shown = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);

async function linesAround(bytes: ByteStream, wanted: number, reach: number): Promise<RawLine[]> {
  const { beginning, whole } = await withBeginning(bytes, 4);
  const lines: RawLine[] = [];
  const splitter = splitterFor(beginning, (text, line) => {
    if (line < wanted - reach || line > wanted + reach) return;
    lines.push({ n: line, text: shown(text), hit: line === wanted });
  });
  let last = false;
  try {
    for await (const chunk of whole) {
      splitter.push(chunk);
      last = (lines.at(-1)?.n ?? 0) >= wanted + reach;
      if (last) break;
    }
  } catch (thrown) {
    // Damage behind the lines asked for does not matter; damage before them does.
    if (lines.length === 0) throw thrown;
  }
  if (!last) splitter.end();
  return lines.some((line) => line.hit) ? lines : [];
}

async function rowsAround(bytes: ByteStream, offset: number, reach: number): Promise<RawLine[]> {
  const hitRow = Math.floor(offset / rowSize);
  const from = Math.max(0, hitRow - reach) * rowSize;
  const to = (hitRow + reach + 1) * rowSize;
  const held: Buffer[] = [];
  let passed = 0;
  for await (const chunk of bytes) {
    const start = Math.max(0, from - passed);
    if (start < chunk.length) held.push(chunk.subarray(start, Math.min(chunk.length, to - passed)));
    passed += chunk.length;
    if (passed >= to) break;
  }
  if (passed <= offset) return [];
  const all = Buffer.concat(held);
  const rows: RawLine[] = [];
  for (let at = 0; at < all.length; at += rowSize) {
    const row = all.subarray(at, at + rowSize);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    const where = (from + at).toString(16).padStart(8, '0');
    rows.push({
      n: null,
      text: `${where}  ${hex.padEnd(rowSize * 3 - 1)}  ${text}`,
      hit: (from + at) / rowSize === hitRow,
    });
  }
  return rows;
}
