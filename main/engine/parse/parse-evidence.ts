import { stat } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';
import type { ParseOutput } from '../model/parse-output.ts';
import type { EvidenceSource } from '../ports/evidence-source.ts';
import { artifacts } from './artifacts/index.ts';
import { allowance, Budget, BudgetSpent, defaultLimits, type Limits } from './sections/budget.ts';
import { fileBytes, withBeginning } from './sections/byte-stream.ts';
import { EvidenceWalk } from './sections/walk-evidence.ts';

/** The name that parsers may go by: of an imported file its own, of a command the step's. */
function fileNameOf(source: EvidenceSource): string {
  const { origin, name } = source.evidence;
  const path = origin.kind === 'file' ? origin.path : name;
  return path.slice(path.lastIndexOf('/') + 1) || name;
}

/**
 * Reads one evidence file into sections and records.
 *
 * A section name in `source` is believed; without one the content tells, containers are opened (zip and gzip, three
 * deep), bugreports and whole `dumpsys` texts are cut. What a command of the acquisition answered without a section
 * name is kept and not read. Content never makes this throw: what cannot be read becomes a warning, or
 * `out.unrecognised` where nothing could. Rejects with Failure `case-damaged` if the file itself cannot be opened, and
 * with whatever `out` throws.
 */
export async function parseEvidence(
  source: EvidenceSource,
  out: ParseOutput,
  limits: Limits = defaultLimits,
): Promise<void> {
  const { evidence, section } = source;
  if (evidence.origin.kind === 'command' && section === null) return;
  const size = await sizeOf(source);
  const fileName = fileNameOf(source);
  const cut = evidence.state === 'truncated' || evidence.state === 'timed out' || evidence.state === 'interrupted';
  const budget = new Budget(allowance(size, limits));
  const walk = new EvidenceWalk(out, artifacts, limits, budget, cut);
  const artifact = section === null ? null : walk.artifactFor(section);
  const item = { fileName, member: null, bytes: fileBytes(source.path), path: source.path };
  if (artifact && section !== null) {
    const { beginning, whole } = await withBeginning(item.bytes, 4);
    const user = evidence.origin.kind === 'command' ? evidence.origin.user : null;
    await walk.named(artifact, { name: section, member: null, fileName, user }, whole, beginning, item);
    return;
  }
  let why: string | null = null;
  try {
    why = await walk.item(item, 0);
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    const reason = `${fileName} unpacks to more than ${budget.most} bytes; what comes behind them was not read.`;
    if (walk.read === 0) return out.unrecognised(reason);
    out.warn(null, { at: { line: null, offset: null }, text: null, reason });
  }
  if (why !== null && walk.read === 0) return out.unrecognised(`${fileName} ${why}; it is kept and not read.`);
  if (walk.unread.length > 0) out.warn(null, unreadRow(walk));
}

function unreadRow(walk: EvidenceWalk): { at: { line: null; offset: null }; text: string; reason: string } {
  const { unread } = walk;
  const some = unread.length === 1 ? 'One file' : `${unread.length} files`;
  return {
    at: { line: null, offset: null },
    text: unread.join(', ').slice(0, 200),
    reason: `${some} in this archive ${unread.length === 1 ? 'is' : 'are'} kept and not read.`,
  };
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
