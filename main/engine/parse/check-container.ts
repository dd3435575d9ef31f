import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { Failure } from '../../../shared/base/failure.ts';
import { allowance, Budget, BudgetSpent, defaultLimits, type Limits } from './sections/budget.ts';
import { counted, fileBytes, type Packing, unpacked } from './sections/byte-stream.ts';
import { isZip, packingOf, whatItIs } from './sections/known-forms.ts';
import { type Member, openZip, type ZipArchive } from './sections/zip-archive.ts';

/**
 * Looks at a file before the import keeps it. Resolves where nothing speaks against it; what is no archive passes
 * whatever it is, unless its name says zip. Archives inside it are left to `parseEvidence`, which counts what they
 * unpack to. Rejects with Failure:
 * `not-found`, `no-permission`; `empty-file`; `broken-file` (named .zip and is none, cut short, unreadable list);
 * `hostile-archive` (names that lead out, members that share bytes, more bytes than declared or than the ratio allows);
 * `unsupported` (every member encrypted, or more unpacked bytes than this program takes).
 */
export async function checkContainer(path: string, limits: Limits = defaultLimits): Promise<void> {
  const name = basename(path);
  const { size, beginning } = await look(path, name);
  if (size === 0) throw new Failure('empty-file', `${name} is empty.`, 'Nothing was taken from it.');
  const budget = new Budget(allowance(size, limits));
  const packing = packingOf(beginning);
  if (isZip(beginning)) await checkZip(path, name, size, limits, budget);
  else if (packing !== null) await checkPacked(path, name, packing, budget);
  else if (/\.zip$/i.test(name)) {
    throw new Failure('broken-file', `${name} is named as a zip archive and is ${whatItIs(beginning)}.`, unharmed);
  }
}

const unharmed = 'Nothing was taken from it, and the file itself is as it was.';

async function look(path: string, name: string): Promise<{ size: number; beginning: Buffer }> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const beginning = Buffer.alloc(Math.min(size, 4_096));
    const { bytesRead } = await file.read(beginning, 0, beginning.length, 0);
    return { size, beginning: beginning.subarray(0, bytesRead) };
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') throw new Failure('not-found', `There is no file ${path}.`);
    if (code === 'EACCES' || code === 'EPERM') throw new Failure('no-permission', `${path} may not be read.`);
    throw new Failure('broken-file', `${name} cannot be read (${code || String(thrown)}).`);
  } finally {
    await file?.close();
  }
}

async function checkZip(path: string, name: string, size: number, limits: Limits, budget: Budget): Promise<void> {
  let archive: ZipArchive;
  try {
    archive = await openZip({ path }, limits.mostMembers);
  } catch (thrown) {
    const message = (thrown as Error).message;
    const why = /end of central directory/i.test(message)
      ? 'is a zip archive that is cut short: the list of its contents, which stands at its end, is missing'
      : `is a zip archive whose list of contents cannot be read: ${message}`;
    throw new Failure('broken-file', `${name} ${why}.`, unharmed);
  }
  try {
    checkList(archive, name, size, limits, budget);
    await checkContent(archive, name, budget);
  } finally {
    archive.close();
  }
}

function checkList(archive: ZipArchive, name: string, size: number, limits: Limits, budget: Budget): void {
  const { members } = archive;
  if (members.length >= limits.mostMembers) {
    throw new Failure('hostile-archive', `${name} lists more than ${limits.mostMembers} members.`, unharmed);
  }
  const leading = members.find((member) => member.unsafe);
  if (leading) {
    const label = leading.label.slice(0, 120);
    throw new Failure('hostile-archive', `${name} holds a member named "${label}", which leads out of it.`, unharmed);
  }
  if (archive.broken !== null) {
    throw new Failure(
      'broken-file',
      `The list of contents of ${name} breaks off after ${members.length} members.`,
      unharmed,
    );
  }
  const files = members.filter((member) => !member.folder);
  if (files.length > 0 && files.every((member) => member.encrypted)) {
    const advice = 'Unpack it with its password and import the folder.';
    throw new Failure('unsupported', `${name} is encrypted.`, advice);
  }
  const declared = members.reduce((sum, member) => sum + member.size, 0);
  if (declared > Math.max(limits.freeUnpacked, size * limits.mostRatio)) {
    const text = `${name} has ${humanBytes(size)} and says that it unpacks to ${humanBytes(declared)}: a zip bomb.`;
    throw new Failure('hostile-archive', text, unharmed);
  }
  if (declared > budget.most) {
    const text = `${name} unpacks to ${humanBytes(declared)}; this program opens archives of up to ${humanBytes(budget.most)}.`;
    throw new Failure('unsupported', text, 'Unpack it and import the files that matter.');
  }
  checkLayout(members, name, size);
}

/** Members that share their bytes are how a small archive unpacks to very much. */
function checkLayout(members: readonly Member[], name: string, size: number): void {
  // A member's own header has at least 30 bytes.
  const spans = members.map((member) => [member.localHeaderAt, member.localHeaderAt + 30 + member.packed] as const);
  spans.sort((a, b) => a[0] - b[0]);
  spans.forEach(([, end], i) => {
    const follower = spans[i + 1];
    if (end > size) {
      throw new Failure('broken-file', `${name} is damaged: a member ends behind the end of the file.`, unharmed);
    }
    if (follower && follower[0] < end) {
      throw new Failure('hostile-archive', `${name} holds members that share the same bytes.`, unharmed);
    }
  });
}

/** Unpacks once and keeps nothing: what an archive says of its sizes need not be so. Plain damage is for the parser. */
async function checkContent(archive: ZipArchive, name: string, budget: Budget): Promise<void> {
  for (const member of archive.members) {
    if (member.folder || member.encrypted || !member.readable) continue;
    try {
      for await (const chunk of archive.read(member)) budget.spend(chunk.length);
    } catch (thrown) {
      if (thrown instanceof BudgetSpent || /too many bytes/.test((thrown as Error).message)) {
        const text = `${name} unpacks to more than it says, at the member "${member.label.slice(0, 120)}".`;
        throw new Failure('hostile-archive', text, unharmed);
      }
    }
  }
}

async function checkPacked(path: string, name: string, packing: Packing, budget: Budget): Promise<void> {
  let any = false;
  try {
    for await (const chunk of counted(unpacked(fileBytes(path), packing), budget)) any ||= chunk.length > 0;
  } catch (thrown) {
    if (thrown instanceof BudgetSpent) {
      const text = `${name} unpacks to more than ${humanBytes(budget.most)}: a ${packing} bomb.`;
      throw new Failure('hostile-archive', text, unharmed);
    }
    if (!any) {
      throw new Failure('broken-file', `${name} begins as a ${packing} file and cannot be unpacked.`, unharmed);
    }
  }
}
