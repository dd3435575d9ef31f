import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOf, commands, encodeMessage, MessageReader } from './message.ts';

describe('messages of the ADB transport', () => {
  it('has the header that adb documents', () => {
    const bytes = encodeMessage(commands.OPEN, 1, 0, Buffer.from('shell:id\0'), true);
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('OPEN');
    expect(bytes.readUInt32LE(12)).toBe(9);
    expect(bytes.readUInt32LE(16)).toBe([...Buffer.from('shell:id\0')].reduce((sum, byte) => sum + byte, 0));
    expect((bytes.readUInt32LE(0) ^ bytes.readUInt32LE(20)) >>> 0).toBe(0xffffffff);
  });

  it('leaves the check out where the version does', () => {
    expect(encodeMessage(commands.WRTE, 1, 2, Buffer.from('abc'), false).readUInt32LE(16)).toBe(0);
  });

  it('reads back whatever was written, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (payloads, cuts) => {
          const bytes = Buffer.concat(
            payloads.map((payload, at) => encodeMessage(commands.WRTE, at, 7, payload, true)),
          );
          const reader = new MessageReader();
          const messages = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = cuts[turn % cuts.length]!;
            messages.push(...reader.push(bytes.subarray(at, at + size)));
            at += size;
          }
          expect(messages.map(({ payload }) => [...payload])).toEqual(payloads.map((payload) => [...payload]));
          for (const message of messages) expect(message.check).toBe(checkOf(message.payload));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses a header without its complement and an absurd length', () => {
    const broken = encodeMessage(commands.OKAY, 1, 2, new Uint8Array(), true);
    broken.writeUInt32LE(1, 20);
    expect(() => new MessageReader().push(broken)).toThrow('complement');
    const huge = encodeMessage(commands.WRTE, 1, 2, new Uint8Array(), true);
    huge.writeUInt32LE(0x7fffffff, 12);
    expect(() => new MessageReader().push(huge)).toThrow('payload');
  });
});
