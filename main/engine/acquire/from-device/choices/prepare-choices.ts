import { Failure } from '../../../../../shared/base/failure.ts';
import { plainText } from '../../../../../shared/text/plain-text.ts';
import type { PlanRow } from '../../../model/acquisition.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { AcquiredStep } from '../acquired.ts';
import { apkRow } from '../plan-apks.ts';
import { ownerFileRow } from '../plan-files.ts';
import { netstatsFolders, rootFileRows, usageFolders, usageParts, volatileRootRows } from '../plan-root.ts';
import { isPackageName, packageAt, userNumbers } from './app-packages.ts';
import type { Asking } from './ask-phone.ts';
import { hasFind, type ListedFile, listFolder, measured } from './list-files.ts';
import { sdkNumber } from './look-at-phone.ts';
import { ownerFileKind } from './owner-files.ts';
import { asRoot, findRoot, type RootAccess } from './root-access.ts';
import { type Logging, rootChange } from './root-change.ts';

/** What the examiner asked for by name. */
export interface Choices {
  readonly root: boolean;
  readonly files: readonly string[];
  readonly apks: readonly string[];
  /** Live, with root: the packets besides. */
  readonly packets: boolean;
}

/** What the choices add to an acquisition. */
export interface PreparedChoices {
  readonly rows: readonly PlanRow[];
  /** What could not even be asked for, as steps that ended. */
  readonly steps: readonly AcquiredStep[];
  readonly notes: readonly string[];
  /** How packets can be streamed, for a live acquisition; null where root was not had. */
  readonly access: RootAccess | null;
}

/**
 * Checks the choices before a phone is asked anything. Throws Failure `wrong-use` for a path or a package that cannot be
 * taken by its very form.
 */
export function checkChoices({ root, files, apks, packets }: Choices): void {
  if (packets && !root) throw new Failure('wrong-use', 'Packets can be streamed with root only.', 'Ask for root too.');
  const path = files.find((one) => ownerFileKind(one) === null);
  if (path !== undefined) {
    throw new Failure(
      'wrong-use',
      `“${plainText(path)}” is not a file that can be taken from a phone by name.`,
      'Ask the phone what it offers: only its owner’s logs, captures and bugreports are taken, by the paths named there.',
    );
  }
  const name = apks.find((one) => !isPackageName(one));
  if (name !== undefined) throw new Failure('wrong-use', `“${plainText(name)}” is not the name of an Android package.`);
}

/**
 * Asks the phone what is needed to take what was chosen, and makes rows of the plan of it. Root is asked for only where it
 * was chosen. Rejects with Failure `phone-gone` or `cancelled`; what the phone has not or refuses is a step that says so.
 */
export async function prepareChoices(
  at: Asking & { readonly progress: Progress; readonly log: Logging },
  choices: Choices,
): Promise<PreparedChoices> {
  const sdk = await sdkNumber(at);
  const root = choices.root ? await rootRows(at, sdk, at) : { rows: [], steps: [], notes: [], access: null };
  if (choices.files.length > 0) at.progress.now('Asking for files of the owner', 0);
  const files = await fileRows(at, sdk, choices.files);
  if (choices.apks.length > 0) at.progress.now('Asking for packages of apps', 0);
  const apks = await apkRows(at, sdk, choices.apks);
  const rows = [...root.rows, ...files, ...apks.rows];
  const notes = [...root.notes, ...apks.notes];
  await at.log('phone.chosen', { rows: rows.map(({ id }) => id), notes });
  return { rows, steps: [...root.steps, ...apks.steps], notes, access: root.access };
}

const notHad = (facts: Pick<AcquiredStep, 'id' | 'title' | 'command' | 'state' | 'why'>): AcquiredStep => ({
  ...facts,
  user: null,
  exit: null,
  bytes: 0,
  evidence: [],
});

async function rootRows(
  at: Asking,
  sdk: number | null,
  { progress, log }: Parameters<typeof prepareChoices>[0],
): Promise<PreparedChoices> {
  progress.now('Asking for root: look at the phone’s screen', 0);
  const found = await findRoot({ ...at, tellChange: rootChange(log) });
  await log('phone.root', { state: found.state, sentence: found.sentence, command: found.command });
  const { access } = found;
  if (access === null) {
    const step = { id: 'root', title: 'Root', command: found.command, state: found.outcome, why: found.sentence };
    return { rows: [], steps: [notHad(step)], notes: [], access };
  }
  progress.now('Asking for files that only root may read', 0);
  const asUser = (command: string) => asRoot(access, command);
  const asking = { ...at, sdk, choice: 'root' as const, asUser };
  const notes: string[] = [];
  const listed = async (folders: readonly string[]): Promise<ListedFile[]> => {
    const paths: string[] = [];
    for (const folder of folders) {
      const listing = await listFolder(asking, folder, null);
      if (listing.closed) notes.push(`Root could not see the folder ${folder}.`);
      if (listing.cut)
        notes.push(`The list of ${folder} was longer than is taken, or broke off: there may be more files.`);
      const plain = listing.files.filter(({ path }) => isPlainIn(folder, path));
      if (plain.length < listing.files.length) {
        notes.push(
          `${listing.files.length - plain.length} files in ${folder} have names that Android does not give there; they were not asked for.`,
        );
      }
      paths.push(...plain.map(({ path }) => path));
    }
    const sizes = new Map((await measured(asking, paths)).map((file) => [file.path, file]));
    return paths.map((path) => sizes.get(path) ?? { path, bytes: null, modified: null });
  };
  const netstats = await listed(netstatsFolders);
  const usage = await listed(
    (await userNumbers(at))
      .flatMap(usageFolders)
      .flatMap((folder) => (hasFind(asking) ? [folder] : [folder, ...usageParts.map((part) => `${folder}/${part}`)])),
  );
  return {
    rows: [...volatileRootRows(asUser), ...rootFileRows({ asRoot: asUser, netstats, usage })],
    steps: [],
    notes,
    access,
  };
}

/** Names that need no quotes and lead nowhere else. */
function isPlainIn(folder: string, path: string): boolean {
  const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
  return below.length <= 400 && /^(?:\w[\w.-]*\/){0,2}\w[\w.-]{0,199}$/.test(below) && !below.includes('..');
}

async function fileRows(at: Asking, sdk: number | null, paths: readonly string[]): Promise<PlanRow[]> {
  const chosen = [...new Set(paths)];
  const asking = { ...at, sdk, choice: 'files' as const, asUser: (command: string) => command };
  const sizes = new Map((await measured(asking, chosen)).map((file) => [file.path, file.bytes]));
  return chosen.map((path) => ownerFileRow({ path, kind: ownerFileKind(path)!, bytes: sizes.get(path) ?? null }));
}

async function apkRows(at: Asking, sdk: number | null, packages: readonly string[]) {
  const rows: PlanRow[] = [];
  const steps: AcquiredStep[] = [];
  const notes: string[] = [];
  const users = packages.length > 0 ? await userNumbers(at) : [];
  const asking = { ...at, sdk, choice: 'apks' as const, asUser: (command: string) => command };
  for (const name of new Set(packages)) {
    const { path, user, splits, command, why } = await packageAt(at, name, users);
    if (path === null) {
      steps.push(notHad({ id: `apk ${name}`, title: `${name}/base.apk`, command, state: 'unavailable', why }));
      continue;
    }
    if (splits > 0) {
      const parts = splits === 1 ? 'one further part' : `${splits} further parts`;
      notes.push(`${name} has ${parts} besides its base package; only the base is taken.`);
    }
    const [size] = await measured(asking, [path]);
    rows.push(apkRow({ package: name, path, user, bytes: size?.bytes ?? null }));
  }
  return { rows, steps, notes };
}
