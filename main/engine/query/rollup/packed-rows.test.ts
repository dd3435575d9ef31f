import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReadCase } from '../../ports/case-handle.ts';
import { Packed } from './tiled.ts';

const ROWS = 10;
const rowOf = (id: number) => Uint8Array.of(id, id, id, id);

/** A case of some rows of four bytes; `asked` lists the numbers of each question. */
function rows(asked: number[][]): ReadCase {
  const all = async (_sql: string, [ids]: readonly unknown[] = []) => {
    const wanted = JSON.parse(String(ids)) as number[];
    asked.push(wanted);
    return wanted.map((id) => ({ id, data: rowOf(id) }));
  };
  return { all } as unknown as ReadCase;
}

async function read(packed: Packed, ids: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for await (const [id, bytes] of packed.of(ids)) {
    expect(bytes).toEqual(rowOf(id));
    found.push(id);
  }
  return found;
}

it('come in the order asked for, also where those that are held make way for others of the same question', async () => {
  const asked: number[][] = [];
  const packed = new Packed(rows(asked), 'rollup_tile', 4 * 4);
  for (const ids of [
    [1, 2, 3, 4],
    // The four that are held stand last: each new one puts one of them out.
    [5, 6, 7, 8, 1, 2, 3, 4],
    [4, 9, 3, 10, 2, 5],
  ]) {
    expect(await read(packed, ids)).toEqual(ids);
  }
  expect(asked[1]).toEqual([5, 6, 7, 8]);
});

it('come in any order, whatever is held', async () => {
  const questions = fc.array(fc.array(fc.integer({ min: 1, max: ROWS }), { minLength: 1, maxLength: ROWS }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(ROWS * 4), questions, async (bytes, asked) => {
      const packed = new Packed(rows([]), 'rollup_chunk', bytes);
      for (const ids of asked) expect(await read(packed, ids)).toEqual(ids);
    }),
    { numRuns: 300 },
  );
});
