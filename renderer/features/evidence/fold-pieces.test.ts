import { describe, expect, it } from 'vitest';
import type { EvidenceView } from '../../../shared/types/summary.ts';
import { foldPieces, idsText, statesOf } from './fold-pieces.ts';

let count = 0;
function file(name: string, over: Partial<EvidenceView> = {}): EvidenceView {
  count += 1;
  return {
    id: `E${count}`,
    batch: 1,
    sha256: 'ab'.repeat(32),
    bytes: 100,
    name,
    obtained: '',
    command: `cat ${name}`,
    state: 'complete',
    exit: 0,
    hostBefore: '',
    hostAfter: '',
    offsetMs: null,
    offsetErrorMs: null,
    sections: [],
    recognised: true,
    ...over,
  };
}

describe('pieces of one question', () => {
  it('are one line, where the first of them stands, and nothing of them is lost', () => {
    count = 0;
    const files = [
      file('properties'),
      file('connections'),
      file('counters'),
      file('connections', { state: 'truncated' }),
      file('connections'),
      file('counters'),
      file('clock'),
    ];
    const rows = foldPieces(files);
    expect(rows.map(idsText)).toEqual(['E1', 'E2 +2', 'E3', 'E6', 'E7']);
    expect(rows[1]!.key).toBe('E2+');
    expect(rows.flatMap((row) => row.files)).toHaveLength(files.length);
    expect(rows.reduce((sum, row) => sum + row.bytes, 0)).toBe(700);
    expect(statesOf(rows[1]!)).toEqual([
      ['truncated', 1],
      ['complete', 2],
    ]);
  });

  it('are those of one acquisition and one command, never files that were brought', () => {
    count = 0;
    const files = [1, 2, 3].flatMap((batch) => [
      file('a', { batch }),
      file('a', { batch, command: `other ${batch}` }),
      file('photo.jpg', { command: null }),
    ]);
    expect(foldPieces(files)).toHaveLength(9);
  });
});
