import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CustodyLineView } from '../../../shared/types/custody.ts';
import { chainStart, checkChain, laidOut } from './chain.ts';

const hash = async (text: string) => createHash('sha256').update(text).digest('hex');

async function log(count: number): Promise<CustodyLineView[]> {
  const lines: CustodyLineView[] = [];
  let prev = chainStart;
  for (let seq = 1; seq <= count; seq += 1) {
    const details = JSON.stringify({ seq, prev, action: 'evidence.kept', note: 'é' });
    const own = await hash(details);
    lines.push({ seq, at: '', who: '', action: 'evidence.kept', batch: null, sentence: '', details, hash: own });
    prev = own;
  }
  return lines;
}

describe('the chain of the custody log, in the window', () => {
  it('holds from its first line on, and from any line on whose neighbour is known', async () => {
    const lines = await log(5);
    expect(await checkChain(lines, null, hash)).toEqual({ checked: 5, fault: null });
    expect(await checkChain(lines.slice(2), lines[1]!, hash)).toEqual({ checked: 3, fault: null });
  });

  it('breaks at the line after one that was changed, taken out or moved', async () => {
    const lines = await log(5);
    const changed = lines.with(2, { ...lines[2]!, details: lines[2]!.details.replace('é', 'e') });
    expect((await checkChain(changed, null, hash))?.fault).toMatchObject({ seq: 4 });
    expect((await checkChain(lines.toSpliced(1, 1), null, hash))?.fault).toMatchObject({ seq: 3 });
    expect((await checkChain(lines.slice(1), null, hash))?.fault).toMatchObject({ seq: 2 });
    const torn = lines.with(1, { ...lines[1]!, details: '{' });
    expect((await checkChain(torn, null, hash))?.fault).toMatchObject({ seq: 2 });
  });

  it('claims nothing where no hash can be computed', async () => {
    expect(await checkChain(await log(2), null, async () => null)).toBeNull();
  });
});

describe('a line laid out', () => {
  it('shows what would hide or turn, and still says the same', () => {
    const line = JSON.stringify({ name: 'a\u202egnp.exe', next: '\u200b' });
    expect(laidOut(line)).toContain('a\\u202egnp.exe');
    expect(laidOut(line)).not.toMatch(/[\u202e\u200b]/);
    expect(JSON.parse(laidOut(line))).toEqual(JSON.parse(line));
  });

  it('says the same, and is left as it is where it is no JSON', () => {
    expect(JSON.parse(laidOut('{"a":[1,"x"]}'))).toEqual({ a: [1, 'x'] });
    expect(laidOut('{"a":')).toBe('{"a":');
  });
});
