import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zipWithEntry } from '../../../../../test/support/raw-zip.ts';
import { collect, sourceOf } from '../../testing/collect.ts';
import { binaryManifest } from '../../testing/manifest-writer.ts';
import { temporaryFiles } from '../../testing/temporary.ts';
import { readManifest } from './binary-manifest.ts';
import { certificatesIn } from './pkcs7-certificates.ts';
import { signersOf } from './signers.ts';

const write = temporaryFiles();
const fixtures = join(import.meta.dirname, '../../artifacts/apk/fixtures');
const fixture = (name: string) => readFileSync(join(fixtures, name));

async function readBytes(
  bytes: Uint8Array,
  name = 'base.apk',
  given: Parameters<typeof sourceOf>[2] | 'imported' = { section: 'apk' },
) {
  return collect(sourceOf(write('bytes', bytes), name, given === 'imported' ? null : given));
}

const reasons = ({ warnings }: { warnings: readonly { readonly reason: string }[] }) =>
  warnings.map(({ reason }) => reason);

// The samples were signed by Google's own apksigner 31.0.2; what it prints of their certificates stands here.
const ownHash = 'ca42e3ad9fd49fd1fe2114419ce832901b5afdb19ebf6663fad474e488967258';
const nextHash = '59ea836181c2ea97cbeb1d6509395fcd96434e1e383962d908036d1f797a2605';

describe('a package of an app', () => {
  it('names the certificates that the signing tool names, each scheme for itself', async () => {
    const out = await readBytes(fixture('v1-v2-v3.bin'));
    const found = out
      .all('apk signer')
      .map(({ scheme, certificate, signature, content }) => [scheme, certificate, signature, content]);
    expect(found).toEqual([
      ['v2', ownHash, 'verified', 'verified'],
      ['v3', ownHash, 'verified', 'verified'],
      ['v1', ownHash, 'not verified', 'not verified'],
    ]);
  });

  it('names the certificate of before where the key was changed', async () => {
    const out = await readBytes(fixture('rotated-v3.bin'));
    expect(out.all('apk signer').map(({ role, certificate }) => [role, certificate])).toEqual([
      ['signer', nextHash],
      ['past', ownHash],
    ]);
  });

  it('is known by its name where nobody said what it is, inside of an archive too', async () => {
    const apk = fixture('ec-v2.bin');
    const bare = await readBytes(apk, 'Notes.APK', 'imported');
    expect(bare.all('apk signer')).toHaveLength(1);
    const nested = await readBytes(zipWithEntry('apps/Notes.apk', apk), 'apps.zip', 'imported');
    expect(nested.all('apk signer').map(({ signature, content }) => [signature, content])).toEqual([
      ['verified', 'verified'],
    ]);
    expect(nested.sections[0]!.head.member).toBe('apps/Notes.apk');
  });

  it('never throws for changed bytes, and never calls changed content verified', async () => {
    const whole = fixture('ec-v2.bin');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ mask;
        const path = write('bytes', bytes);
        const out = await collect(sourceOf(path, 'base.apk', { section: 'apk' }));
        expect(reasons(out).filter((reason) => reason.includes('failed'))).toEqual([]);
        for (const one of out.all('apk signer')) {
          // Padding of the signing block is not signed, nor is what stands outside of the signed data; content and data are.
          const same = one.certificate === '67cc6b054d955a62f9a305efa09ed3283389ce4d46677145511b50421070c644';
          if (one.signature === 'verified') expect(same).toBe(true);
          const block = whole.indexOf('APK Sig Block 42');
          const inContent = at < whole.indexOf('classes.dex') || at >= block + 16;
          if (inContent && one.content === 'verified') expect.fail(`byte ${at} was changed and the content verified`);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('never throws for a file cut anywhere', async () => {
    const whole = fixture('v1-v2-v3.bin');
    for (let size = 0; size < whole.length; size += 61) {
      const path = write('bytes', whole.subarray(0, size));
      const out = await collect(sourceOf(path, 'base.apk', { section: 'apk' }));
      expect(out.sections[0]!.totals!.length).toBe(size);
      expect(reasons(out).length).toBeGreaterThan(0);
    }
  });

  it('stops at a manifest that unpacks to a gigabyte, and says so', async () => {
    const gigabyte = 1024 ** 3;
    const packed = deflateRawSync(Buffer.alloc(64 * 1024 ** 2));
    const bomb = zipWithEntry('AndroidManifest.xml', packed, { method: 8, size: gigabyte });
    const before = process.memoryUsage.rss();
    const out = await readBytes(bomb);
    expect(reasons(out)).toContain('A member of the package unpacks to more than it may have and was not read.');
    expect(out.all('apk signer')).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 ** 2);
  });

  it('says where a package names itself otherwise than the phone did', async () => {
    const path = write('bytes', fixture('ec-v2.bin'));
    const source = sourceOf(path, 'org.other/base.apk', { section: 'apk', command: 'cat /data/app/x/base.apk' });
    const origin = { ...source.evidence.origin, step: 'apk org.other' } as typeof source.evidence.origin;
    const out = await collect({ ...source, evidence: { ...source.evidence, origin } });
    expect(out.warnings.map(({ reason, text }) => [reason, text])).toEqual([
      ['The package names itself otherwise than the phone did.', 'org.example.notes instead of org.other'],
    ]);
  });
});

describe('the parts of a package', () => {
  it('reads names in both codings of a binary manifest', () => {
    for (const utf8 of [false, true]) {
      const bytes = binaryManifest({
        package: 'org.пример.приложение',
        versionName: '1.0 β',
        versionCode: 4_000_000_000,
        utf8,
      });
      expect(readManifest(bytes)).toEqual({
        package: 'org.пример.приложение',
        versionName: '1.0 β',
        versionCode: '4000000000',
      });
    }
  });

  it('only ever throws errors, whatever the bytes are', () => {
    const reads = [
      readManifest,
      certificatesIn,
      (bytes: Buffer) => signersOf(bytes, 'v2'),
      (bytes: Buffer) => signersOf(bytes, 'v3'),
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(3), (bytes, which) => {
        try {
          reads[which]!(Buffer.from(bytes));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});
