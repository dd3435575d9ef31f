import { join } from 'node:path';
import type { SignatureView, StampView } from '../../../shared/types/custody.ts';
import type { Certificate } from '../custody/certificates.ts';
import { checkStamp } from '../custody/check-stamp.ts';
import { sha256Of } from '../custody/manifest.ts';
import { ordinaryBytes, readSignings, type Signing, signingFiles } from '../custody/signings.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { headAfter } from '../store/custody-log.ts';
import type { CaseFiles } from './case-files.ts';
import type { CaseCheck } from './check-case.ts';
import type { Fault } from './fault.ts';
import { saidOfSignature } from './signature-words.ts';

/** What the examiner brings to a check. */
export interface Trust {
  /** Fingerprints of public keys: the last signature must be by one of them. Null: any key will do, and that is said. */
  readonly keys: readonly string[] | null;
  /** Certificates of time-stamp authorities. Null: who issued a time stamp is not checked, and that is said. */
  readonly anchors: readonly Certificate[] | null;
}

export interface SignatureCheck {
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  readonly checked: number;
  readonly signature: SignatureView;
}

/** The hash of the first line of the log, by which a case is known. */
export function caseBegins(check: CaseCheck): string {
  return headAfter(check.reading, 1) ?? '';
}

async function listedFaults(signing: Signing, files: CaseFiles, told: Set<string>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const listed of signing.manifest?.files ?? []) {
    const found = await files.hashOf(listed.path);
    const says = typeof found === 'string' ? found : found.sha256;
    if (says === listed.sha256 || told.has(listed.path)) continue;
    told.add(listed.path);
    faults.push({ what: `${listed.path} (signed in ${signing.path})`, expected: listed.sha256, found: says });
  }
  return faults;
}

function contentFaults(signing: Signing, check: CaseCheck): Fault[] {
  const { manifest, path } = signing;
  if (!manifest) return [];
  const begins = caseBegins(check);
  if (manifest.case.begins !== begins) {
    return [
      {
        what: `${path}: the case`,
        expected: `the one that begins with ${begins}`,
        found: `another one (${manifest.case.name}), which begins with ${manifest.case.begins}`,
      },
    ];
  }
  const { lines, head } = manifest.custody;
  const stands = headAfter(check.reading, lines);
  if (stands === head) return [];
  return [
    {
      what: `custody.jsonl: hash of line ${lines} (signed in ${path})`,
      expected: head,
      found: stands ?? 'no such line',
    },
  ];
}

/** What the log says of signatures and time stamps against what lies in the folder. */
function loggedFaults(check: CaseCheck, signings: readonly Signing[], stamps: ReadonlyMap<string, string>): Fault[] {
  const faults: Fault[] = [];
  for (const line of check.reading.lines) {
    if (line.action !== 'case.signed' && line.action !== 'stamp.kept') continue;
    const file = String(line.file);
    const found = line.action === 'case.signed' ? signings.find((one) => one.path === file)?.sha256 : stamps.get(file);
    if (found !== undefined && found === line.sha256) continue;
    faults.push({
      what: `${file} (custody.jsonl line ${line.seq})`,
      expected: String(line.sha256),
      found: found ?? 'the file is missing',
    });
  }
  return faults;
}

interface StampsRead {
  readonly views: readonly StampView[];
  readonly faults: readonly Fault[];
  readonly hashes: ReadonlyMap<string, string>;
}

async function readStamps(paths: CasePaths, signing: Signing, trust: Trust): Promise<StampsRead> {
  const views: StampView[] = [];
  const faults: Fault[] = [];
  const hashes = new Map<string, string>();
  for (const path of signing.stamps) {
    const bytes = await ordinaryBytes(join(paths.root, path));
    if (bytes) hashes.set(path, sha256Of(bytes));
    const { view, faults: found } = bytes
      ? checkStamp(bytes, signing.bytes, path, trust.anchors)
      : { view: null, faults: ['the file cannot be read'] };
    if (view) views.push(view);
    for (const fault of found) faults.push({ what: path, expected: `a time stamp of ${signing.path}`, found: fault });
  }
  return { views, faults, hashes };
}

/** Files that came after a signing: all that stand in the folder and neither in its manifest nor belong to it. */
async function laterFiles(signing: Signing, files: CaseFiles, told: ReadonlySet<string>): Promise<string[]> {
  const own = new Set<string>([...Object.values(signingFiles(signing.number)), ...signing.stamps, ...told]);
  const listed = new Set(signing.manifest?.files.map((one) => one.path));
  return (await files.list()).filter((path) => !listed.has(path) && !own.has(path));
}

/** What was said of findings after a signing: its lines alone tell it. */
function laterMarks(signing: Signing, check: CaseCheck): string[] {
  const signed = signing.manifest?.custody.lines ?? 0;
  return check.reading.lines
    .filter(({ seq, action }) => seq > signed && String(action).startsWith('finding.'))
    .map(({ seq }) => `custody.jsonl line ${seq}`);
}

const unsigned = (trust: Trust, check: CaseCheck): SignatureCheck => {
  const wanted = trust.keys === null ? null : trust.keys.join(' or ');
  const faults = wanted === null ? [] : [{ what: 'signature', expected: `one by the key ${wanted}`, found: 'none' }];
  const nothing = {
    manifest: null,
    sha256: null,
    name: null,
    fingerprint: null,
    signedAt: null,
    lines: null,
    files: null,
  };
  const signature = { state: 'absent' as const, ...nothing, later: 0, stamps: [] };
  return {
    faults,
    notes: [],
    checked: faults.length,
    signature: {
      ...signature,
      said: saidOfSignature(
        signature,
        trust,
        [],
        check.reading.lines.findLast(({ action }) => action === 'case.signed') ?? null,
      ),
    },
  };
};

/**
 * Checks every signing of a case: its signature, its place in the log, each file that it lists, its time stamps. Evidence that was added
 * after the last one is said, and is no fault.
 */
export async function checkSignatures(
  paths: CasePaths,
  check: CaseCheck,
  files: CaseFiles,
  trust: Trust,
): Promise<SignatureCheck> {
  const { signings, strays, unfinished } = await readSignings(paths.root);
  const faults: Fault[] = strays.map((path) => ({
    what: path,
    expected: 'a part of a signature',
    found: 'something else',
  }));
  const notes: string[] = [];
  if (unfinished.length > 0)
    notes.push(`${unfinished.join(' and ')}: parts of a signature without its manifest. A signing was cut off there.`);
  const told = new Set(check.told);
  const stamps = new Map<string, string>();
  const views = new Map<Signing, readonly StampView[]>();
  let broken = false;
  for (const signing of signings) {
    const content = contentFaults(signing, check);
    // A manifest of another case lists other files: naming each as missing would say nothing.
    const listed = content.length === 0 ? await listedFaults(signing, files, told) : [];
    const read = await readStamps(paths, signing, trust);
    const own = [...signing.differences, ...content, ...listed, ...read.faults];
    broken = own.length > 0;
    faults.push(...own);
    views.set(signing, read.views);
    for (const [path, hash] of read.hashes) stamps.set(path, hash);
  }
  const logged = loggedFaults(check, signings, stamps).filter(
    (fault) => !faults.some((one) => fault.what.startsWith(one.what.replace(/: its signature$/, ''))),
  );
  faults.push(...logged);
  const last = signings.at(-1);
  if (!last) {
    const none = unsigned(trust, check);
    return { ...none, faults: [...none.faults, ...faults], notes };
  }
  const isLogged = (path: string, action: string) =>
    check.reading.lines.some((line) => line.action === action && line.file === path);
  const unlogged = [
    ...signings.map(({ path }) => path).filter((path) => !isLogged(path, 'case.signed')),
    ...[...stamps.keys()].filter((path) => !isLogged(path, 'stamp.kept')),
  ];
  for (const path of unlogged)
    notes.push(
      `${path} stands in no line of custody.jsonl: the program ended before it could write it, or the file came another way.`,
    );

  const wrongKey = trust.keys !== null && last.fingerprint !== null && !trust.keys.includes(last.fingerprint);
  if (wrongKey && trust.keys)
    faults.push({
      what: `${last.path}: the key`,
      expected: trust.keys.join(' or '),
      found: last.fingerprint ?? 'none',
    });
  const later = last.manifest ? [...(await laterFiles(last, files, told)), ...laterMarks(last, check)] : [];
  broken ||= logged.some((fault) => fault.what.startsWith(last.path));
  const state = broken ? 'invalid' : wrongKey ? 'other key' : later.length > 0 ? 'stale' : 'valid';
  const { manifest } = last;
  const signature = {
    state: state as SignatureView['state'],
    manifest: last.path,
    sha256: last.sha256,
    name: manifest?.signer.name ?? null,
    fingerprint: last.fingerprint,
    signedAt: manifest?.signedAt ?? null,
    lines: manifest?.custody.lines ?? null,
    files: manifest?.files.length ?? null,
    later: later.length,
    stamps: [...(views.get(last) ?? [])],
  };
  return {
    faults,
    notes,
    checked: signings.reduce((sum, one) => sum + 2 + (one.manifest?.files.length ?? 0) + one.stamps.length, 0),
    signature: { ...signature, said: saidOfSignature(signature, trust, later) },
  };
}
