import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OutputPiece, ShellPacketDecoder } from './shell-packets.ts';

/** Written by hand, as the documentation of the format has it: id, length little-endian, data. */
function packet(id: number, data: Uint8Array): Uint8Array {
  const length = data.length;
  return Uint8Array.of(id, length & 255, (length >> 8) & 255, (length >> 16) & 255, (length >> 24) & 255, ...data);
}

const joined = (pieces: readonly OutputPiece[], stream: OutputPiece['stream']) =>
  Buffer.concat(pieces.filter((piece) => piece.stream === stream).map(({ bytes }) => bytes));

describe('shell v2 packets', () => {
  it('keeps the two streams apart and reads the exit status', () => {
    const decoder = new ShellPacketDecoder();
    const pieces = decoder.push(
      Buffer.concat([
        packet(1, Buffer.from('out')),
        packet(2, Buffer.from('err')),
        packet(1, Buffer.from('put')),
        packet(3, Uint8Array.of(137)),
      ]),
    );
    expect(joined(pieces, 'stdout').toString()).toBe('output');
    expect(joined(pieces, 'stderr').toString()).toBe('err');
    expect(decoder.exit).toBe(137);
  });

  it('has no exit status before its packet is there, down to the last byte', () => {
    const decoder = new ShellPacketDecoder();
    decoder.push(packet(1, Buffer.from('out')));
    const end = packet(3, Uint8Array.of(0));
    decoder.push(end.subarray(0, 5));
    expect(decoder.exit).toBeNull();
    decoder.push(end.subarray(5));
    expect(decoder.exit).toBe(0);
  });

  it('is not misled by packets that it does not know, nor by empty ones', () => {
    const decoder = new ShellPacketDecoder();
    const pieces = decoder.push(
      Buffer.concat([
        packet(1, new Uint8Array()),
        packet(9, Buffer.from('\x03\x01\x00\x00\x00\x00 not output')),
        packet(1, Buffer.from('x')),
      ]),
    );
    expect(joined(pieces, 'stdout').toString()).toBe('x');
    expect(decoder.exit).toBeNull();
  });

  it('hands on a long packet piece by piece instead of holding it', () => {
    const decoder = new ShellPacketDecoder();
    const whole = packet(1, new Uint8Array(1000).fill(7));
    const first = decoder.push(whole.subarray(0, 105));
    expect(joined(first, 'stdout')).toHaveLength(100);
    expect(joined(decoder.push(whole.subarray(105)), 'stdout')).toHaveLength(900);
  });

  it('gives the same whatever the pieces in which it arrives', () => {
    const parts = fc.array(fc.record({ id: fc.constantFrom(1, 2, 7), data: fc.uint8Array({ maxLength: 300 }) }));
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (packets, cuts) => {
        const bytes = Buffer.concat([...packets.map(({ id, data }) => packet(id, data)), packet(3, Uint8Array.of(5))]);
        const decoder = new ShellPacketDecoder();
        const pieces: OutputPiece[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = cuts[turn % cuts.length]!;
          pieces.push(...decoder.push(bytes.subarray(at, at + size)));
          at += size;
        }
        const sent = (id: number) => Buffer.concat(packets.filter((one) => one.id === id).map(({ data }) => data));
        expect(joined(pieces, 'stdout')).toEqual(sent(1));
        expect(joined(pieces, 'stderr')).toEqual(sent(2));
        expect(decoder.exit).toBe(5);
      }),
      { numRuns: 100 },
    );
  });
});
