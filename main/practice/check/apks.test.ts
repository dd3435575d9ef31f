import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import {
  type AndroidVersion,
  createPracticePhone,
  createWorld,
  earlierSignerOf,
  type PhoneOptions,
  type PracticeApp,
} from '../index.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;

function phoneOf(android: AndroidVersion, options: PhoneOptions = {}) {
  const world = createWorld({ seed: 7, android, maker: 'xiaomi', nowUs: NOW, days: 2, packages: 180 });
  const phone = createPracticePhone(world, options);
  const ask = async (line: string) => Buffer.from((await phone.run(line)).stdout as Uint8Array).toString();
  return { world, phone, ask };
}

function membersOf(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error);
      const out = new Map<string, Buffer>();
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return reject(failed);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('error', reject);
          stream.on('end', () => {
            out.set(entry.fileName, Buffer.concat(parts));
            zip.readEntry();
          });
        }),
      );
      zip.on('end', () => resolve(out));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

/** Cuts off a part that says its length. */
function taker(bytes: Buffer) {
  let at = 0;
  const number = (): number => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const part = (): Buffer => {
    const size = number();
    at += size;
    return bytes.subarray(at - size, at);
  };
  return { number, part, rest: () => bytes.subarray(at), ended: () => at >= bytes.length };
}

interface Scheme {
  readonly certificate: X509Certificate;
  readonly intact: boolean;
  readonly lineage: readonly X509Certificate[];
}

/** Reads and verifies the schemes of a signing block, by their description. */
function schemesOf(apk: Buffer): Map<number, Scheme> {
  const out = new Map<number, Scheme>();
  const end = apk.length - 22;
  const directoryAt = apk.readUInt32LE(end + 16);
  if (apk.toString('latin1', directoryAt - 16, directoryAt) !== 'APK Sig Block 42') return out;
  const size = Number(apk.readBigUInt64LE(directoryAt - 24));
  const blockAt = directoryAt - size - 8;
  const tail = Buffer.from(apk.subarray(end));
  tail.writeUInt32LE(blockAt, 16);
  const sums: Buffer[] = [];
  for (const part of [apk.subarray(0, blockAt), apk.subarray(directoryAt, end), tail])
    for (let at = 0; at < part.length; at += 1 << 20) {
      const piece = part.subarray(at, at + (1 << 20));
      const head = Buffer.from([0xa5, 0, 0, 0, 0]);
      head.writeUInt32LE(piece.length, 1);
      sums.push(createHash('sha256').update(head).update(piece).digest());
    }
  const head = Buffer.from([0x5a, 0, 0, 0, 0]);
  head.writeUInt32LE(sums.length, 1);
  const digest = createHash('sha256')
    .update(Buffer.concat([head, ...sums]))
    .digest();
  for (let at = blockAt + 8; at < directoryAt - 24; ) {
    const length = Number(apk.readBigUInt64LE(at));
    const id = apk.readUInt32LE(at + 8);
    const signer = taker(taker(taker(apk.subarray(at + 12, at + 8 + length)).part()).part());
    const data = signer.part();
    if (id === 0xf05368c0) {
      signer.number();
      signer.number();
    }
    const signature = taker(taker(signer.part()).part());
    expect(signature.number()).toBe(0x0103);
    const key = createPublicKey({ key: signer.part(), format: 'der', type: 'spki' });
    const inside = taker(data);
    const sum = taker(taker(inside.part()).part());
    expect(sum.number()).toBe(0x0103);
    const certificate = new X509Certificate(taker(inside.part()).part());
    const intact = verify('sha256', data, key, signature.part()) && sum.part().equals(digest);
    const lineage: X509Certificate[] = [];
    if (id === 0xf05368c0) {
      inside.number();
      inside.number();
      const attributes = inside.part();
      if (attributes.length > 0) {
        const attribute = taker(attributes).part();
        expect(attribute.readUInt32LE(0)).toBe(0x3ba06f8c);
        expect(attribute.readUInt32LE(4)).toBe(1);
        const nodes = taker(attribute.subarray(8));
        while (!nodes.ended()) {
          const node = taker(nodes.part());
          const signed = node.part();
          node.number();
          node.number();
          const by = lineage.at(-1);
          if (by) expect(verify('sha256', signed, by.publicKey, node.part())).toBe(true);
          lineage.push(new X509Certificate(taker(signed).part()));
        }
      }
    }
    expect(certificate.checkPrivateKey !== undefined && certificate.verify(certificate.publicKey)).toBe(true);
    expect(key.equals(certificate.publicKey)).toBe(true);
    out.set(id, { certificate, intact, lineage });
    at += 8 + length;
  }
  return out;
}

const javaHash = (bytes: Uint8Array): string => {
  let hash = 1;
  for (const byte of bytes) hash = (hash * 31 + (byte > 127 ? byte - 256 : byte)) | 0;
  return (hash >>> 0).toString(16);
};

describe('packages', () => {
  it.each([5, 8, 9, 14] as const)(
    'Android %s: each path that is named is an archive with its maker’s signature',
    async (android) => {
      const { world, phone, ask } = phoneOf(android);
      const dump = await ask('dumpsys package packages');
      const wanted = [
        ...world.apps.filter((app) => app.system).slice(0, 8),
        ...world.apps.filter((app) => !app.system).slice(0, 16),
      ];
      let splits = 0;
      const bySigner = new Map<string, PracticeApp[]>();
      for (const app of wanted) {
        const paths = (await ask(`pm path ${app.package}`))
          .trimEnd()
          .split('\n')
          .map((line) => line.replace(/^package:/, ''));
        expect(paths[0]).toBe(app.apkPath);
        splits += paths.length - 1;
        for (const path of paths) {
          const bytes = phone.file(path)!.bytes;
          const members = await membersOf(bytes);
          const manifest = members.get('AndroidManifest.xml')!;
          expect(manifest.readUInt32LE(0)).toBe(0x00080003);
          expect(manifest.readUInt32LE(4)).toBe(manifest.length);
          expect(manifest.includes(Buffer.from(app.package, 'utf16le'))).toBe(true);
          const schemes = schemesOf(Buffer.from(bytes));
          expect([...schemes.keys()]).toEqual(
            world.sdk >= 28 ? [0x7109871a, 0xf05368c0] : world.sdk >= 24 ? [0x7109871a] : [],
          );
          for (const { intact } of schemes.values()) expect(intact, app.package).toBe(true);
          const jar = members.get('META-INF/CERT.RSA');
          expect(jar !== undefined).toBe(world.sdk < 24 || app.minSdk < 24);
          const newest = schemes.get(0xf05368c0) ?? schemes.get(0x7109871a);
          const before = earlierSignerOf(app);
          if (before && world.sdk >= 28)
            expect(schemes.get(0xf05368c0)!.lineage.map((one) => one.raw)).toEqual([
              before.certificate,
              newest!.certificate.raw,
            ]);
          if (newest) {
            expect(newest.certificate.subject).toContain('(practice phone)');
            expect(dump).toContain(`signatures:[${javaHash(newest.certificate.raw)}]`.slice(world.sdk >= 28 ? 0 : 11));
            const list = bySigner.get(newest.certificate.fingerprint256) ?? [];
            bySigner.set(newest.certificate.fingerprint256, [...list, app]);
          }
          if (jar) {
            const file = members.get('META-INF/CERT.SF')!;
            const list = members.get('META-INF/MANIFEST.MF')!;
            const sha1 = file.includes('SHA1-Digest-Manifest');
            const sum = createHash(sha1 ? 'sha1' : 'sha256')
              .update(list)
              .digest('base64');
            expect(file.includes(`-Digest-Manifest: ${sum}\r\n`)).toBe(true);
            // The signature is the last thing in the envelope.
            const signature = jar.subarray(jar.length - 256);
            const certificate = new X509Certificate(jar.subarray(jar.indexOf(Buffer.from('3082', 'hex'), 40)));
            expect(verify(sha1 ? 'sha1' : 'sha256', file, certificate.publicKey, signature)).toBe(true);
          }
        }
      }
      if (world.sdk >= 24) expect(splits).toBeGreaterThan(4);
      // Developers have certificates of their own; what a maker signed shares its.
      if (world.sdk >= 24) {
        expect(bySigner.size).toBeGreaterThan(7);
        expect([...bySigner.values()].some((apps) => apps.length > 4)).toBe(true);
      }
    },
  );

  it('are the same each time', async () => {
    const [one, other] = [phoneOf(14), phoneOf(14)];
    for (const app of one.world.apps.slice(0, 5))
      expect(one.phone.file(app.apkPath)!.bytes).toEqual(other.phone.file(app.apkPath)!.bytes);
    expect(await one.ask('pm path not.there')).toBe('');
    expect((await one.phone.run('pm path not.there')).exit).toBe(1);
    const app = one.world.apps.find((each) => !each.system)!;
    expect(await one.ask(`pm path --user 0 ${app.package}`)).toBe(await one.ask(`pm path ${app.package}`));
    expect((await one.phone.run('ls /data/app')).exit).toBe(1);
    expect(await one.ask(`ls ${app.codePath}`)).toContain('base.apk\n');
  });

  it('are broken where that was asked for', async () => {
    const kinds = ['cut', 'unsigned', 'changed', 'no archive'] as const;
    const names = phoneOf(14)
      .world.apps.filter((app) => !app.system)
      .slice(0, 4)
      .map((app) => app.package);
    const { world, phone } = phoneOf(14, {
      brokenApks: Object.fromEntries(names.map((name, index) => [name, kinds[index]!])),
    });
    const bytesOf = (name: string): Buffer =>
      Buffer.from(phone.file(world.apps.find((app) => app.package === name)!.apkPath)!.bytes);
    await expect(membersOf(bytesOf(names[0]!))).rejects.toThrow();
    expect((await membersOf(bytesOf(names[1]!))).has('META-INF/CERT.RSA')).toBe(false);
    expect(schemesOf(bytesOf(names[1]!)).size).toBe(0);
    expect([...schemesOf(bytesOf(names[2]!)).values()].map(({ intact }) => intact)).toEqual([false, false]);
    expect(bytesOf(names[3]!).toString('utf8')).toContain('Not Found');
  });
});
