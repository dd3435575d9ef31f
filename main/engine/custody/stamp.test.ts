import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificates } from './certificates.ts';
import { checkStamp, imprintOf } from './check-stamp.ts';
import { sha256Of } from './manifest.ts';
import { readStamp, stampRequest } from './stamp-token.ts';

const place = (name: string) => join(import.meta.dirname, 'fixtures', name);
const sample = (name: string) => new Uint8Array(readFileSync(place(name)));
const stamped = sample('stamped.json');
const root = await readCertificates(place('root.pem'));
const anotherRoot = await readCertificates(place('another-root.pem'));
const faultsOf = (name: string, of = stamped, anchors: typeof root | null = root) =>
  checkStamp(sample(name), of, name, anchors).faults;

describe('a request', () => {
  it('is byte for byte what OpenSSL writes', () => {
    expect(Buffer.from(stampRequest(sha256Of(stamped))).toString('hex')).toBe(
      Buffer.from(sample('request.tsq')).toString('hex'),
    );
  });
});

describe('a token', () => {
  const good = ['rsa.tsr', 'ec.tst', 'indefinite.tst', 'pss.tst', 'key-id.tst'];

  it.each(good)('%s of another program is read and holds, up to the given root', (name) => {
    const { view, faults } = checkStamp(sample(name), stamped, name, root);
    expect(faults).toEqual([]);
    expect(view).toMatchObject({
      time: '2026-11-22T17:43:57.000000Z',
      accuracyS: 1.5001,
      policy: '1.2.3.4.1',
      issuer: 'trusted',
    });
    expect(view?.authority).toMatch(/^C=XX, O=Practice authority, CN=Practice time stamps (?:rsa|ec)$/);
  });

  it.each(good)('%s without a root says that the issuer is not checked', (name) => {
    const { view, faults } = checkStamp(sample(name), stamped, name, null);
    expect(faults).toEqual([]);
    expect(view?.issuer).toBe('not checked');
  });

  it.each(good)('%s does not lead to another root', (name) => {
    const { view, faults } = checkStamp(sample(name), stamped, name, anotherRoot);
    expect(faults).toEqual(['its certificate does not lead to one of the given certificates of authorities']);
    expect(view?.issuer).toBe('not found');
  });

  it.each(good)('%s does not stamp other bytes', (name) => {
    const other = Uint8Array.from(stamped, (byte, at) => (at === 0 ? byte ^ 1 : byte));
    expect(faultsOf(name, other)).toEqual([expect.stringContaining('which is not that of the manifest')]);
  });

  it('tells which hash it stamps', () => {
    expect(imprintOf(sample('rsa.tsr'))).toEqual({ hash: 'sha256', imprint: sha256Of(stamped) });
    expect(imprintOf(stamped)).toBeNull();
  });

  it.each([
    ['forged-purpose.tst', 'the certificate is not one for time stamps alone'],
    ['forged-unnamed.tst', 'the signature does not name its certificate'],
    ['sha1.tst', 'the signature uses a hash that is not accepted (1.3.14.3.2.26)'],
    ['not-a-time.tst', 'it is no time stamp that can be read: no statement of a time in it'],
    ['request.tsq', expect.stringContaining('it is no time stamp that can be read')],
    ['root.pem', expect.stringContaining('it is no time stamp that can be read')],
  ])('%s is refused with its reason', (name, reason) => {
    expect(faultsOf(name)).toEqual([reason]);
  });

  it.each(['rsa.tsr', 'ec.tst', 'pss.tst'])(
    '%s is refused with any byte changed of what is signed or signs',
    (name) => {
      const bytes = sample(name);
      const token = readStamp(bytes);
      const certificate = token.certificates.find((one) => Buffer.from(one).includes('Practice time stamps'))!;
      const parts = [token.content, token.signer.signature, certificate, token.signer.signedBytes.subarray(4)];
      for (const part of parts) {
        const start = Buffer.from(bytes).indexOf(part);
        expect(start).toBeGreaterThan(0);
        for (let at = start; at < start + part.length; at += 1) {
          const changed = Uint8Array.from(bytes);
          changed[at]! ^= 1;
          expect(checkStamp(changed, stamped, name, root).faults.length, `byte ${at}`).toBeGreaterThan(0);
        }
      }
    },
  );

  it('is never taken when cut off anywhere, and never throws', () => {
    const bytes = sample('ec.tst');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(checkStamp(bytes.subarray(0, length), stamped, 'cut', null).faults.length, `${length}`).toBeGreaterThan(0);
    }
  });

  it('of nothing but open ends is refused quickly', () => {
    const nested = Uint8Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80));
    expect(checkStamp(nested, stamped, 'nested', null).faults).toHaveLength(1);
  });
});

describe('certificates', () => {
  it('that cannot be read are named', async () => {
    await expect(readCertificates(place('stamped.json'))).rejects.toMatchObject({ code: 'broken-file' });
    await expect(readCertificates(place('gone.pem'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
