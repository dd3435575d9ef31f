import { describe, expect, it } from 'vitest';
import { segmentForm } from '../../model/live-segment.ts';
import { artifacts } from '../artifacts/index.ts';
import { Collected } from '../testing/collect.ts';
import type { ByteStream } from './byte-stream.ts';
import { readSegment } from './sample-segment.ts';

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const answer = (second: number, port: number): string =>
  `${1_763_800_000 + second}.250000000\n${100 + second}.00 200.00\n${heading}   0: 0F02000A:${port.toString(16).toUpperCase().padStart(4, '0')} 010200C0:01BB 01 00000000:00000000 00:00000000 00000000 10123        0 48211 1\n`;

function sample(number: number, bytes: string, change: object = {}): string {
  const head = {
    sample: number,
    command: 'cat',
    hostBeforeUs: number * 1e6,
    hostAfterUs: number * 1e6 + 5,
    ending: 'exit',
    exit: 0,
    state: 'complete',
    why: null,
    bytes: Buffer.byteLength(bytes),
    stderr: null,
    ...change,
  };
  return `${JSON.stringify(head)}\n${bytes}\n`;
}

const front = `${JSON.stringify({ form: segmentForm, version: 1, step: 'sockets', section: 'proc net sockets', stretch: 3 })}\n`;
const whole = `${front}${sample(1, answer(0, 4000))}${sample(2, answer(1, 4001))}${sample(3, answer(2, 4002))}${JSON.stringify({ end: 'full', samples: 3 })}\n`;

async function read(text: string | Buffer, chunk = 1 << 16): Promise<Collected> {
  const bytes = Buffer.from(text as string);
  async function* pieces(): ByteStream {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const out = new Collected();
  await readSegment(
    pieces(),
    { member: null, fileName: 'x' },
    out,
    (section) => artifacts.find(({ reads }) => reads.includes(section)) ?? null,
  );
  return out;
}

describe('a segment of a live acquisition', () => {
  it('gives each answer to the artifact that reads a single one, with the places of the file', async () => {
    const out = await read(whole);
    expect(out.warnings).toEqual([]);
    expect(out.all('socket').map(({ localPort }) => localPort)).toEqual([4000, 4001, 4002]);
    expect(out.sections.map(({ head }) => head.sample)).toMatchObject([
      { number: 1, stretch: 3, hostBeforeUs: 1e6, state: 'complete' },
      { number: 2 },
      { number: 3 },
    ]);
    const lines = whole.split('\n');
    for (const { record, at } of out.sections.flatMap(({ records }) => records)) {
      if (record.kind !== 'socket') continue;
      expect(lines[at.line! - 1]).toContain(record.localPort.toString(16).toUpperCase());
      expect(whole.slice(at.offset!, at.offset! + 5)).toBe('   0:');
    }
  });

  it('gives the same in pieces of any size', async () => {
    const once = await read(whole);
    for (const chunk of [1, 7, 100, 333]) expect(await read(whole, chunk)).toEqual(once);
  });

  it('that was cut at any byte gives all whole answers, and says where it was cut', async () => {
    const bytes = Buffer.from(whole);
    const ends = [1, 2, 3]
      .map((number) => whole.indexOf(`{"sample":${number + 1}`))
      .map((at) => (at < 0 ? whole.indexOf('{"end"') : at));
    for (let size = 0; size < bytes.length; size += 1) {
      const out = await read(bytes.subarray(0, size));
      expect(out.all('look').length, `cut at ${size}`).toBe(ends.filter((end) => end <= size).length);
      if (size > 0) expect(out.warnings.length, `cut at ${size}`).toBeGreaterThan(0);
    }
  });

  it('passes over damage, and finds the next answer behind it', async () => {
    const hurt = whole.replace('{"sample":2,', '{"sample":2;');
    const out = await read(hurt);
    expect(out.all('socket').map(({ localPort }) => localPort)).toEqual([4000, 4002]);
    expect(out.warnings.map(({ reason }) => reason)).toEqual([
      'What stands here is no line of a segment; the next answer is looked for behind it.',
    ]);
  });

  it('does not read answers that the phone refused, and keeps them as looks that failed', async () => {
    const refused = sample(1, 'cat: /proc/net/tcp: Permission denied\n', { state: 'refused', exit: 1, why: 'no' });
    const out = await read(`${front}${refused}${JSON.stringify({ end: 'end', samples: 1 })}\n`);
    expect(out.sections.map(({ head, artifact }) => [head.sample?.state, artifact])).toEqual([['refused', null]]);
    expect(out.warnings).toEqual([]);
  });

  it('says of a fault that every answer has, that it has it often', async () => {
    const odd = Array.from({ length: 10 }, (_, n) =>
      sample(n + 1, `${answer(n, 4000)}cat: /proc/net/tcp6: No such file or directory\n`),
    );
    const out = await read(`${front}${odd.join('')}${JSON.stringify({ end: 'end', samples: 10 })}\n`);
    expect(out.warnings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^7 more places in this segment/),
      ...Array.from({ length: 3 }, () => 'The phone did not give this table.'),
    ]);
  });

  it('is not led astray by an answer that looks like a segment', async () => {
    const inner = `${answer(0, 4000)}${JSON.stringify({ end: 'full', samples: 9 })}\n${sample(9, answer(5, 4005))}`;
    const out = await read(
      `${front}${sample(1, inner)}${sample(2, answer(1, 4001))}${JSON.stringify({ end: 'end', samples: 2 })}\n`,
    );
    expect(out.sections.map(({ head }) => head.sample?.number)).toEqual([1, 2]);
  });
});
