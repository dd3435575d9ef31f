import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { readSvg, type SvgPicture } from '../../../shared/timeline/read-svg.ts';
import type {
  CiteChoice,
  FindingDraft,
  FindingPicture,
  FindingState,
  FindingView,
  FindingWindow,
  NewFinding,
} from '../../../shared/types/finding.ts';
import { findingLimits } from '../../../shared/types/finding.ts';
import { giveName } from '../custody/give-name.ts';
import { writeNew } from '../custody/write-new.ts';
import { ownKey } from '../model/finding-mark.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { Clock } from '../ports/clock.ts';
import { type AskWindow, citationOf, draftOf } from '../query/finding-draft.ts';
import { findingList } from '../query/findings.ts';
import { type CasePaths, isWritable } from '../store/case-folder.ts';
import type { FindingLog } from '../store/finding-marks.ts';
import { type Append, withCustody } from './write-session.ts';

/** What works on findings need of an opened case. */
export interface FindingDesk {
  readonly paths: CasePaths;
  readonly clock: Clock;
  readonly read: ReadCase;
  readonly log: FindingLog;
  /** The sums of a stretch, as the timeline tells them. */
  readonly ask: AskWindow;
}

const READ_ONLY = 0o444;

/** Marks of one case are written one after another, whoever asks for them: each builds on the list before it. */
const turns = new Map<string, Promise<unknown>>();

/** Writes lines about findings while nobody else of this process does. Rejects with `read-only` and a sentence that says so. */
async function marking<T>({ paths, clock }: FindingDesk, work: (append: Append) => Promise<T>): Promise<T> {
  if (!(await isWritable(paths))) {
    throw new Failure(
      'read-only',
      `${paths.root} cannot be written, so no finding can be made, changed or decided of in it.`,
      'Copy the case where it can be written and open it there.',
    );
  }
  const turn = (turns.get(paths.root) ?? Promise.resolve()).then(() => withCustody(paths, clock, work));
  const settled = turn.catch(() => {});
  turns.set(paths.root, settled);
  return turn.finally(() => turns.get(paths.root) === settled && turns.delete(paths.root));
}

/** A text as the examiner typed it, without spaces around it. Throws Failure `wrong-use` where it is empty or too long. */
function worded(what: string, text: string, most: number, needed = true): string {
  const said = text.trim();
  if (needed && said === '') throw new Failure('wrong-use', `The ${what} is empty.`, null);
  if (said.length > most)
    throw new Failure('wrong-use', `The ${what} has ${said.length} characters; it may have ${most}.`, null);
  return said;
}

/** All findings, as the window and the report show them. */
export async function findingsOf({ read, log }: Pick<FindingDesk, 'read' | 'log'>): Promise<FindingView[]> {
  return findingList(read, await log.marks());
}

async function theFinding(desk: FindingDesk, key: string): Promise<FindingView> {
  const all = await findingsOf(desk);
  const found = all.find((one) => one.key === key) ?? all.find((one) => one.id === key);
  if (!found) throw new Failure('not-found', `There is no finding ${key} in this case.`, null);
  return found;
}

/** What a finding would hold if it were made now. */
export async function draftFinding(
  desk: FindingDesk,
  window: FindingWindow | null,
  cite: CiteChoice,
): Promise<FindingDraft> {
  const { totals, rows, available } = await draftOf(desk.read, desk.ask, window, cite);
  return { totals, cited: rows.map((row) => ({ ...row, same: true })), available };
}

const LARGEST_PX = 10_000;

/** A picture as the timeline's painter writes it; null for all else. A browser or a typesetter could read another entity its own way. */
function plainPicture(svg: string): SvgPicture | null {
  const read = /&(?!(?:amp|lt|gt|quot);)/.test(svg) ? null : readSvg(svg);
  return read && [read.width, read.height].every((px) => px > 0 && px <= LARGEST_PX) ? read : null;
}

/** Checks a picture and says what is to be kept of it. Throws Failure `wrong-use` for anything but plain shapes and texts. */
function pictureOf(svg: string): { facts: FindingPicture; bytes: Buffer } {
  const bytes = Buffer.from(svg, 'utf8');
  if (bytes.length > findingLimits.picture)
    throw new Failure(
      'wrong-use',
      `The picture has ${bytes.length} bytes; it may have ${findingLimits.picture}.`,
      null,
    );
  const read = plainPicture(svg);
  if (!read) {
    throw new Failure(
      'wrong-use',
      'The picture was not kept: it holds more than plain shapes and texts, or is no SVG.',
      'A picture of a finding holds what the timeline draws and nothing else: no script, link, image or style.',
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { width, height } = read;
  return { facts: { file: `findings/${sha256}.svg`, sha256, bytes: bytes.length, width, height }, bytes };
}

/** Puts a picture on the disk under a name of its way; answers with that. */
async function layPicture(paths: CasePaths, sha256: string, bytes: Buffer): Promise<string> {
  const partial = join(paths.findings, `.${sha256}.svg.${randomUUID()}.part`);
  try {
    await mkdir(paths.findings, { recursive: true });
    await writeNew(partial, bytes);
    await chmod(partial, READ_ONLY);
  } catch (error) {
    await unlink(partial).catch(() => {});
    if ((error as { code?: string }).code === 'ENOSPC')
      throw new Failure('disk-full', 'The disk is full: the picture could not be kept, so no finding was made.', null);
    throw error;
  }
  return partial;
}

/**
 * Makes a finding: first the picture is on the disk, then the line of the log that holds all the rest and the picture's hash, then the
 * picture gets its name. What is cut off in between is finished by `finishReports`.
 */
export async function makeFinding(desk: FindingDesk, given: NewFinding): Promise<FindingView> {
  const { paths, read, log, ask } = desk;
  const title = worded('title', given.title, findingLimits.title);
  const text = worded('text', given.text, findingLimits.text, false);
  const picture = given.picture === null ? null : pictureOf(given.picture);
  return marking(desk, async (append) => {
    const { totals, rows } = await draftOf(read, ask, given.window, given.cite);
    if ('ids' in given.cite) {
      const known = new Set(rows.map(({ id }) => id));
      const lost = given.cite.ids.find((id) => !known.has(id));
      if (lost !== undefined) throw new Failure('not-found', `There is no event ${lost} in this case.`, null);
    }
    if (rows.some(({ sha256 }) => !/^[0-9a-f]{64}$/.test(sha256))) {
      throw new Failure(
        'wrong-use',
        'Events of the acquisition that is going on cannot be cited yet: their evidence has no hash before it is over.',
        'Make the finding when the acquisition has ended.',
      );
    }
    const number = (await log.marks()).own.reduce((most, one) => Math.max(most, one.number), 0) + 1;
    const partial = picture && (await layPicture(paths, picture.facts.sha256, picture.bytes));
    try {
      await append('finding.made', {
        finding: ownKey(number),
        number,
        title,
        text,
        window: given.window,
        totals,
        cited: rows.map(citationOf),
        picture: picture?.facts ?? null,
      });
    } catch (error) {
      if (partial) await unlink(partial).catch(() => {});
      throw error;
    }
    if (partial && picture) {
      // The same picture may be there from another finding: it is named by what it holds.
      await giveName(partial, join(paths.root, picture.facts.file)).catch(async (error: { code?: string }) => {
        if (error.code !== 'EEXIST') throw error;
        await unlink(partial);
      });
    }
    return theFinding(desk, ownKey(number));
  });
}

/** Changes the examiner's own words. What they were stays in the log. */
export async function editFinding(
  desk: FindingDesk,
  key: string,
  words: { readonly title: string; readonly text: string },
): Promise<FindingView> {
  const title = worded('title', words.title, findingLimits.title);
  const text = worded('text', words.text, findingLimits.text, false);
  return marking(desk, async (append) => {
    const finding = await theFinding(desk, key);
    if (finding.rule !== null) {
      throw new Failure(
        'wrong-use',
        `${finding.id} is proposed by the rule ${finding.rule}: its words follow from the evidence and cannot be changed.`,
        'Accept or reject it with a reason, or make a finding of your own.',
      );
    }
    if (finding.title === title && finding.text === text) return finding;
    const before = { title: finding.title, text: finding.text };
    await append('finding.changed', { finding: finding.key, title, text, before });
    return theFinding(desk, finding.key);
  });
}

const needReason: Readonly<Partial<Record<FindingState, string>>> = { rejected: 'rejected', withdrawn: 'withdrawn' };

/** Accepts, rejects, opens again or withdraws a finding. Nothing is deleted. */
export async function decideFinding(
  desk: FindingDesk,
  key: string,
  state: FindingState,
  why: string | null,
): Promise<FindingView> {
  const reason = worded('reason', why ?? '', findingLimits.reason, false) || null;
  if (needReason[state] && reason === null)
    throw new Failure('wrong-use', `A finding is ${needReason[state]} with a reason, and none was given.`, null);
  return marking(desk, async (append) => {
    const finding = await theFinding(desk, key);
    const { rule, title, text, limits, app } = finding;
    if (rule === null) {
      await append('finding.decided', { finding: finding.key, title, state, reason });
    } else {
      if (state === 'withdrawn') {
        throw new Failure(
          'wrong-use',
          `${finding.id} is proposed by the rule ${rule}: only a finding of one’s own can be withdrawn.`,
          'Reject it with a reason.',
        );
      }
      const ofRule = finding.key.slice(rule.length + 1);
      await append('finding.decided', { rule, key: ofRule, title, text, limits, app, state, reason });
    }
    return theFinding(desk, finding.key);
  });
}

/** Puts a finding into a place of the list, from 0; the whole order stands in the log. */
export async function moveFinding(desk: FindingDesk, key: string, place: number): Promise<FindingView[]> {
  return marking(desk, async (append) => {
    const finding = await theFinding(desk, key);
    const before = (await findingsOf(desk)).map((one) => one.key);
    const order = before.filter((one) => one !== finding.key);
    order.splice(Math.min(place, order.length), 0, finding.key);
    if (order.every((one, at) => one === before[at])) return findingsOf(desk);
    await append('finding.moved', {
      finding: finding.key,
      title: finding.title,
      place: order.indexOf(finding.key),
      order,
    });
    return findingsOf(desk);
  });
}

/** The bytes of a kept picture, or a sentence that says why it is not shown. Nothing but the case's own file is read. */
export async function keptPicture(paths: CasePaths, { sha256, bytes }: FindingPicture): Promise<string | Failure> {
  const file = `findings/${sha256}.svg`;
  const other = (found: string) =>
    new Failure('case-damaged', `The picture ${file} ${found}.`, 'Run verify for every difference.');
  if (!/^[0-9a-f]{64}$/.test(sha256) || bytes > findingLimits.picture) return other('has no name that is one');
  const folder = await lstat(paths.findings).catch(() => null);
  if (!folder?.isDirectory()) return other('is missing from the case');
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(join(paths.root, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (!handle) return other('is missing from the case, or may not be read');
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.size !== bytes) return other('is another one than was kept');
    const read = await handle.readFile();
    if (createHash('sha256').update(read).digest('hex') !== sha256) return other('is another one than was kept');
    const svg = read.toString('utf8');
    // The line that names the hash may come from elsewhere too.
    return plainPicture(svg) ? svg : other('holds more than plain shapes and texts');
  } finally {
    await handle.close();
  }
}

/** The kept picture of a finding. Rejects where there is none, or where it is another one now. */
export async function findingPicture(desk: FindingDesk, key: string): Promise<string> {
  const finding = await theFinding(desk, key);
  if (!finding.picture) throw new Failure('not-found', `The finding ${finding.id} has no picture.`, null);
  const svg = await keptPicture(desk.paths, finding.picture);
  if (svg instanceof Failure) throw svg;
  return svg;
}
