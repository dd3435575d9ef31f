import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { artifacts } from '../artifacts/index.ts';
import { Collected } from '../testing/collect.ts';
import { Budget, defaultLimits } from './budget.ts';
import { gathered, unpacked, withBeginning } from './byte-stream.ts';
import { packingOf } from './known-forms.ts';
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
    ['a zstd file too deep', [zstdCompressSync(junk), junk], 3],
    ['a damaged zstd file', [zstdCompressSync(junk).subarray(0, 15), junk], 0],
    ['a text', [Buffer.from('[a]: [b]\n[c]: [d]\n')], 0],
  ] as const)('%s is let go', async (_what, chunks, depth) => {
    const { stream, open } = watched(chunks);
    const walk = new EvidenceWalk(new Collected(), artifacts, defaultLimits, new Budget(1e9), false);
    await walk.item({ fileName: 'x', member: null, bytes: stream, path: null }, depth);
    expect(open()).toBe(false);
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('a stream of %s that nobody reads to its end is let go', async (by, pack) => {
    const { stream, open } = watched(Array.from({ length: 50 }, (_, i) => pack(Buffer.alloc(1_000_000, i))));
    for await (const chunk of unpacked(stream, by)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(open()).toBe(false);
  });
});

describe('unpacked', () => {
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, n) => (n * n) % 251));

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('%s: parts behind each other are one stream, and a cut gives all before it', async (by, pack) => {
    const two = Buffer.concat([pack(bytes), pack(bytes.subarray(0, 10)), pack(Buffer.alloc(0)), pack(bytes)]);
    const wanted = Buffer.concat([bytes, bytes.subarray(0, 10), bytes]);
    for (const size of [1, 7, 100, two.length]) {
      const pieces = Array.from({ length: Math.ceil(two.length / size) }, (_, n) =>
        two.subarray(n * size, (n + 1) * size),
      );
      const all = await gathered(unpacked(watched(pieces).stream, by), 1e6);
      expect(all!.equals(wanted)).toBe(true);
    }
    const noise = pack(Buffer.from(Array.from({ length: 600_000 }, (_, n) => Math.imul(n, 2_654_435_761) >>> 13)));
    let size = 0;
    const read = async () => {
      for await (const chunk of unpacked(watched([noise.subarray(0, noise.length >> 1)]).stream, by))
        size += chunk.length;
    };
    await expect(read()).rejects.toThrow();
    expect(size).toBeGreaterThan(100_000);
  });

  it('a frame of zstd that carries something else is passed over, and what is no frame is said', async () => {
    const other = Buffer.concat([Buffer.from('502a4d1803000000', 'hex'), Buffer.from('abc')]);
    const both = Buffer.concat([other, zstdCompressSync(bytes), other]);
    expect(packingOf(both)).toBe('zstd');
    expect((await gathered(unpacked(watched([both]).stream, 'zstd'), 1e6))!.equals(bytes)).toBe(true);
    const strange = Buffer.concat([zstdCompressSync(bytes), Buffer.from('no frame at all')]);
    await expect(gathered(unpacked(watched([strange]).stream, 'zstd'), 1e6)).rejects.toThrow();
  });
});
