import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { artifacts } from '../artifacts/index.ts';
import { Collected } from '../testing/collect.ts';
import { Budget, defaultLimits } from './budget.ts';
import { gathered, gunzipped, withBeginning } from './byte-stream.ts';
import { EvidenceWalk } from './walk-evidence.ts';

/** A stream that says whether it was let go. */
function watched(chunks: readonly Buffer[]): { stream: AsyncGenerator<Buffer>; open: () => boolean } {
  let open = false;
  async function* stream(): AsyncGenerator<Buffer> {
    open = true;
    try {
      for (const chunk of chunks) yield chunk;
    } finally {
      open = false;
    }
  }
  return { stream: stream(), open: () => open };
}

describe('withBeginning', () => {
  it('gives the first bytes, and then all of them', async () => {
    const { stream } = watched([Buffer.from('ab'), Buffer.from('cd'), Buffer.from('ef')]);
    const { beginning, whole } = await withBeginning(stream, 3);
    expect(beginning.toString()).toBe('abc');
    expect((await gathered(whole, 100))!.toString()).toBe('abcdef');
  });

  it('lets go of a stream that nobody reads on', async () => {
    const { stream, open } = watched([Buffer.from('ab'), Buffer.from('cd')]);
    const { whole } = await withBeginning(stream, 1);
    expect(open()).toBe(true);
    await whole.close();
    expect(open()).toBe(false);
  });
});

describe('what a walk looked at', () => {
  const junk = Buffer.alloc(200_000, 7);
  it.each([
    ['an unknown file', [junk, junk], 0],
    ['a broken zip', [Buffer.from('504b0304', 'hex'), junk], 0],
    ['an archive too deep', [Buffer.from('504b0304', 'hex'), junk], 3],
    ['a gzip file too deep', [gzipSync(junk), junk], 3],
    ['a gzip file with junk in it', [gzipSync(junk)], 0],
    ['a damaged gzip file', [gzipSync(junk).subarray(0, 30), junk], 0],
    ['a text', [Buffer.from('[a]: [b]\n[c]: [d]\n')], 0],
  ] as const)('%s is let go', async (_what, chunks, depth) => {
    const { stream, open } = watched(chunks);
    const walk = new EvidenceWalk(new Collected(), artifacts, defaultLimits, new Budget(1e9), false);
    await walk.item({ fileName: 'x', member: null, bytes: stream, path: null }, depth);
    expect(open()).toBe(false);
  });

  it('a gzip stream that nobody reads to its end is let go', async () => {
    const { stream, open } = watched(Array.from({ length: 50 }, (_, i) => gzipSync(Buffer.alloc(1_000_000, i))));
    for await (const chunk of gunzipped(stream)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(open()).toBe(false);
  });
});
