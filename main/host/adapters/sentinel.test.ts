import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SentinelReader, withSentinel } from './sentinel.ts';

const nonce = '0123456789abcdef';

/** What a phone's shell makes of the command line: the output, then the sentinel with the status. */
const answered = (output: string, status: number) =>
  Buffer.from(`${output}${withSentinel('x', nonce).split('echo ')[1]!.replace('$?', String(status))}\n`);

function readAll(bytes: Uint8Array, size: number) {
  const reader = new SentinelReader(nonce);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size)
    parts.push(...reader.push(bytes.subarray(at, at + size)).map((part) => Buffer.from(part)));
  const { rest, exit } = reader.end();
  return { output: Buffer.concat([...parts, rest]).toString(), exit };
}

describe('the sentinel behind a command on old phones', () => {
  it.each([1, 2, 7, 40, 4096])('takes itself off the output, in pieces of %d', (size) => {
    expect(readAll(answered('one\ntwo\n', 0), size)).toEqual({ output: 'one\ntwo\n', exit: 0 });
    expect(readAll(answered('no line end', 127), size)).toEqual({ output: 'no line end', exit: 127 });
    expect(readAll(answered('', 255), size)).toEqual({ output: '', exit: 255 });
  });

  it('proves nothing where it is missing, cut, of another run or not at the end', () => {
    expect(readAll(Buffer.from('half an answer'), 5)).toEqual({ output: 'half an answer', exit: null });
    const whole = answered('one\n', 0);
    const cut = whole.subarray(0, whole.length - 1);
    expect(readAll(cut, 5)).toEqual({ output: cut.toString(), exit: null });
    const other = 'one\n__PHONEHOME_fedcba9876543210_0__\n';
    expect(readAll(Buffer.from(other), 5)).toEqual({ output: other, exit: null });
    const early = `${whole}more\n`;
    expect(readAll(Buffer.from(early), 5).exit).toBeNull();
    expect(readAll(Buffer.from(early), 5).output).toBe(early);
  });

  it('survives a carriage return of a terminal', () => {
    expect(readAll(Buffer.from(`x\n__PHONEHOME_${nonce}_0__\r\n`), 3)).toEqual({ output: 'x\n', exit: 0 });
  });

  it('loses no byte of any output', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 1, max: 60 }),
        (output, status, size) => {
          expect(readAll(answered(output, status), size)).toEqual({
            output: Buffer.from(output).toString(),
            exit: status,
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
