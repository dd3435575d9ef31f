import type { WriteCase } from '../../ports/case-handle.ts';

/** A capture that is in the evidence a second time, byte for byte. */
export interface SecondCopy {
  /** Its section. */
  readonly id: number;
  readonly evidence: string;
  /** The evidence that held it first. */
  readonly first: string;
}

/**
 * Takes out the flows and look-ups of captures that were in the evidence already: a file that is taken from the phone at each visit tells
 * of its packets once. The evidence itself stays. Answers all such captures, also those that were taken out before.
 */
export async function dropSecondCopies(write: WriteCase): Promise<SecondCopy[]> {
  const copies = await write.all<SecondCopy & { firstSection: number }>(
    `SELECT s.id, s.evidence, min(printf('%020d', f.id)) firstSection, fe.id first
     FROM section s JOIN evidence e ON e.id = s.evidence
       JOIN evidence fe ON fe.sha256 = e.sha256 JOIN section f ON f.evidence = fe.id AND f.member IS s.member AND f.artifact = s.artifact
     WHERE s.artifact = 'packet-capture' AND e.sha256 <> '' AND f.id < s.id AND f.evidence <> s.evidence GROUP BY s.id ORDER BY s.id`,
  );
  for (const { id } of copies) {
    await write.run(`DELETE FROM flow WHERE id IN (SELECT id FROM contact WHERE section = ?)`, [id]);
    await write.run(`DELETE FROM contact WHERE section = ?`, [id]);
    await write.run(`DELETE FROM lookup WHERE section = ?`, [id]);
  }
  return copies.map(({ id, evidence, first }) => ({ id, evidence, first }));
}
