import { plainText } from '../../../../../shared/text/plain-text.ts';
import type { OwnerFile, PhoneLook } from '../../../../../shared/types/device.ts';
import type { Progress } from '../../../ports/progress.ts';
import { installedApps } from './app-packages.ts';
import { type Asking, askPhone } from './ask-phone.ts';
import { listFolder, measured } from './list-files.ts';
import { ownerFileKind, ownerFolders } from './owner-files.ts';
import { findRoot } from './root-access.ts';
import { type Logging, rootChange } from './root-change.ts';

/** The phone's SDK number, or null where it does not say one. */
export async function sdkNumber(at: Asking): Promise<number | null> {
  const { text } = await askPhone(at, 'getprop ro.build.version.sdk', { mostBytes: 4096 });
  const sdk = Number(text.trim());
  return Number.isInteger(sdk) && sdk > 0 ? sdk : null;
}

/** More than this is not offered: a list for a person, and room in one message. */
const mostOffered = 1000;

/** Files of the owner, newest first, and sentences about what could not be looked for. */
async function ownerFiles(at: Asking, sdk: number | null): Promise<{ files: OwnerFile[]; notes: string[] }> {
  const asking = { ...at, sdk, choice: 'files' as const, asUser: (command: string) => command };
  const notes: string[] = [];
  const paths = new Set<string>();
  let strange = 0;
  for (const { folder, name } of ownerFolders) {
    const listing = await listFolder(asking, folder, name);
    const where = folder.replace(/\/$/, '');
    if (listing.closed) notes.push(`The phone did not show the folder ${where}.`);
    if (listing.cut) notes.push(`The list of ${where} was longer than is taken, or broke off: there may be more.`);
    for (const { path } of listing.files) {
      if (ownerFileKind(path) !== null) paths.add(path);
      else if (name === null || path.length > 4096) strange += 1;
    }
  }
  const files = (await measured(asking, [...paths])).map(
    (file): OwnerFile => ({ ...file, kind: ownerFileKind(file.path) ?? 'capture' }),
  );
  const unmeasured = paths.size - files.length;
  files.sort((a, b) => (b.modified ?? '').localeCompare(a.modified ?? '') || (a.path < b.path ? -1 : 1));
  if (strange > 0) {
    const some = strange === 1 ? 'One file has a name' : `${strange} files have names`;
    notes.push(`${some} that cannot be sent to a phone’s shell unchanged; what is behind it is not offered.`);
  }
  if (unmeasured > 0) {
    const some = unmeasured === 1 ? 'One file was listed' : `${unmeasured} files were listed`;
    const not = unmeasured === 1 ? 'it is' : 'they are';
    notes.push(`${some} of which the phone told no size; ${not} not offered.`);
  }
  if (files.length > mostOffered) notes.push(`Only the newest ${mostOffered} of ${files.length} files are offered.`);
  return { files: files.slice(0, mostOffered), notes };
}

/**
 * Asks a phone what it offers beyond the usual, with commands that only read: files that its owner made, apps whose packages
 * can be taken and, only where `root` says so, whether root can be had. Nothing is taken. What the phone says is text and
 * no more: names that lead elsewhere or could steer are left out and counted in a note. Rejects with Failure `phone-gone`
 * or `cancelled`.
 */
export async function lookAtPhone(
  at: Asking,
  { root, progress, log }: { readonly root: boolean; readonly progress: Progress; readonly log: Logging },
): Promise<PhoneLook> {
  progress.now('Asking for files of the owner', null);
  const sdk = await sdkNumber(at);
  const { files, notes } = await ownerFiles(at, sdk);
  progress.now('Asking for the apps', null);
  const { apps, silent, cut } = await installedApps(at);
  for (const user of silent) notes.push(`The phone did not list the apps of user ${user}.`);
  if (cut) notes.push('The phone lists more apps than are offered.');
  if (!root) {
    return { serial: at.serial, root: notTried, files, apps, notes: notes.map((note) => plainText(note, 400)) };
  }
  progress.now('Asking for root: look at the phone’s screen', null);
  const { state, sentence } = await findRoot({ ...at, tellChange: rootChange(log) });
  return {
    serial: at.serial,
    root: { state, sentence },
    files,
    apps,
    notes: notes.map((note) => plainText(note, 400)),
  };
}

const notTried = { state: 'not asked', sentence: 'Root was not asked for.' } as const;
