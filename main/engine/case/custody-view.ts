import type { CustodyLineView } from '../../../shared/types/custody.ts';
import { sentenceOf } from '../custody/words/index.ts';
import type { CustodyPages, LoggedLine } from '../store/custody-pages.ts';

function viewOf({ seq, text, hash, line }: LoggedLine): CustodyLineView {
  const said = (key: string) => (typeof line?.[key] === 'string' ? (line[key] as string) : '');
  return {
    seq,
    at: said('at'),
    who: said('who'),
    action: said('action'),
    batch: Number.isInteger(line?.batch) ? (line!.batch as number) : null,
    sentence: sentenceOf(line),
    details: text,
    hash,
  };
}

/** The custody log from line `after` on, at most `limit` lines, with a sentence for each. */
export async function custodyView(
  pages: CustodyPages,
  after: number,
  limit: number,
): Promise<{ lines: CustodyLineView[]; total: number }> {
  const { lines, total } = await pages.page(after, limit);
  return { lines: lines.map(viewOf), total };
}
