import { propose } from '../detect/detect.ts';
import type { WriteCase } from '../ports/case-handle.ts';

/** Lets the rules propose anew over the whole case. */
export async function detectFindings(write: WriteCase): Promise<void> {
  const proposals = await propose(write);
  await write.run(`DELETE FROM finding WHERE rule IS NOT NULL`);
  await write.load(
    'finding',
    ['id', 'rule', 'key', 'title', 'text', 'limits', 'state', 'uid', 'events'],
    proposals.map((one, at) => [
      at + 1,
      one.rule,
      one.key,
      one.title,
      one.text,
      one.limits,
      'open',
      one.uid,
      JSON.stringify(one.events),
    ]),
  );
}
