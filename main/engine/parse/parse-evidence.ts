import { stat } from 'node:fs/promises';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { Failure } from '../../../shared/base/failure.ts';
import { segmentSection } from '../model/live-segment.ts';
import type { ParseOutput } from '../model/parse-output.ts';
import type { ParseWarning } from '../model/warning.ts';
import type { EvidenceSource } from '../ports/evidence-source.ts';
import { artifacts } from './artifacts/index.ts';
import { allowance, Budget, BudgetSpent, defaultLimits, type Limits } from './sections/budget.ts';
import { fileBytes } from './sections/byte-stream.ts';
import { formOf, sampleSize } from './sections/known-forms.ts';
import { EvidenceWalk, type Item } from './sections/walk-evidence.ts';

/** Sections that hold sections: what a command gave under such a name is opened as a file of that kind would be. */
const containers = new Set(['bugreport', segmentSection]);

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The name that parsers may go by: of an imported file its own, of a command the step's. */
function fileNameOf(source: EvidenceSource): string {
  const { origin, name } = source.evidence;
  const path = origin.kind === 'file' ? origin.path : name;
  return lastPart(path) || name;
}

/** The package whose file a step of the acquisition asked for; null for anything else. */
function packageAsked({ evidence: { origin } }: EvidenceSource): string | null {
  return origin.kind === 'command' ? (/^apk (.+)$/s.exec(origin.step)?.[1] ?? null) : null;
}

/**
 * Reads one evidence file into sections and records.
 *
 * A section name in `source` is believed; without one the content tells, containers are opened (zip and gzip, three
 * deep), bugreports and whole `dumpsys` texts are cut. Of what commands answered, only that is read which has a section
 * name, and not where the phone refused: the state of the evidence says that already. Content never makes this throw:
 * what cannot be read becomes a warning, or `out.unrecognised` where nothing could. Rejects with Failure `case-damaged`
 * if the file itself cannot be opened, and with whatever `out` throws.
 */
export async function parseEvidence(
  source: EvidenceSource,
  out: ParseOutput,
  limits: Limits = defaultLimits,
): Promise<void> {
  const { evidence, section } = source;
  const { origin, state } = evidence;
  if (origin.kind === 'command' && (section === null || state === 'refused' || state === 'unavailable')) return;
  const { coming } = source;
  const size = coming?.size ?? (await sizeOf(source));
  const fileName = fileNameOf(source);
  const budget = new Budget(allowance(size, limits));
  const cut = state === 'truncated' || state === 'timed out' || state === 'interrupted';
  const walk = new EvidenceWalk(out, artifacts, limits, budget, cut);
  const bytes = coming?.bytes ?? fileBytes(source.path);
  const item = { fileName, member: null, bytes, path: coming ? null : source.path };
  const artifact = section === null ? null : walk.artifactFor(section);
  const container = section !== null && containers.has(section);
  if (section !== null && !container && (artifact || origin.kind === 'command')) {
    const asked = origin.kind === 'command' ? { user: origin.user, command: origin.command } : {};
    const head = { name: section, member: null, fileName, ...asked };
    if (artifact) await walk.named(artifact, head, item, packageAsked(source));
    else walk.kept(head, size);
    return;
  }
  await unnamed(walk, item, out, budget.most);
}

/**
 * The section of a file that can be read while its bytes come, in pieces whose memory is used again: null for all but a capture
 * that is not packed, or where too little of its `size` bytes came to tell.
 */
export function sectionOfComing(beginning: Uint8Array, size: number, path: string): string | null {
  if (beginning.length < Math.min(size, sampleSize)) return null;
  const form = formOf(Buffer.from(beginning.subarray(0, sampleSize)), lastPart(path), artifacts);
  return form.kind === 'artifact' && form.artifact.form === 'capture' ? form.section : null;
}

/** Reads what nobody has named, and says what of it was not understood. */
async function unnamed(walk: EvidenceWalk, item: Item, out: ParseOutput, most: number): Promise<void> {
  let why: string | null = null;
  try {
    why = await walk.item(item, 0);
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    const reason = `${item.fileName} unpacks to more than ${humanBytes(most)}; what comes behind them was not read.`;
    if (walk.read === 0) {
      out.unrecognised(reason);
      return;
    }
    out.warn(null, { at: { line: null, offset: null }, text: null, reason });
  }
  if (walk.read === 0 && why !== null) out.unrecognised(`${item.fileName} ${why}; it is kept and not read.`);
  else if (walk.unread.length > 0) out.warn(null, unreadRow(walk.unread));
}

function unreadRow(unread: readonly string[]): ParseWarning {
  const some = unread.length === 1 ? 'One file in this archive is' : `${unread.length} files in this archive are`;
  const at = { line: null, offset: null };
  return { at, text: unread.join(', ').slice(0, 200), reason: `${some} kept and not read.` };
}

async function sizeOf(source: EvidenceSource): Promise<number> {
  try {
    return (await stat(source.path)).size;
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Failure(
      'case-damaged',
      `The bytes of ${source.evidence.id} (${source.evidence.name}) cannot be opened in the case's evidence folder: ${code}.`,
    );
  }
}
