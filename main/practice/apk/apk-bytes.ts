import { createHash } from 'node:crypto';
import { type ZipMember, zipParts } from '../render/zip-bytes.ts';
import type { PracticeApp } from '../world/apps.ts';
import type { Maker } from '../world/options.ts';
import { hashOf } from '../world/random.ts';
import { manifestBytes } from './manifest-bytes.ts';
import { contentDigest, jarSignature, signingBlock } from './signatures.ts';
import { earlierSignerOf, signerOf } from './signers.ts';

/** What is wrong with a package: cut off, never signed, changed after it was signed, or no archive at all. */
export type Broken = 'cut' | 'unsigned' | 'changed' | 'no archive';

export interface ApkQuestion {
  readonly app: PracticeApp;
  readonly maker: Maker;
  readonly sdk: number;
  /** Name of a split, or null for the base. */
  readonly split: string | null;
  readonly broken: Broken | null;
}

/** Adler-32, the checksum of a DEX file. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

/** A DEX file without classes: a header and a map of the two things that are in it. */
function emptyDex(): Uint8Array {
  const dex = Buffer.alloc(112 + 4 + 24);
  dex.write('dex\n035\0', 0, 'latin1');
  dex.writeUInt32LE(dex.length, 32);
  dex.writeUInt32LE(112, 36);
  dex.writeUInt32LE(0x12345678, 40);
  dex.writeUInt32LE(112, 52);
  dex.writeUInt32LE(28, 104);
  dex.writeUInt32LE(112, 108);
  dex.writeUInt32LE(2, 112);
  dex.writeUInt32LE(1, 120);
  dex.writeUInt16LE(0x1000, 128);
  dex.writeUInt32LE(1, 132);
  dex.writeUInt32LE(112, 136);
  createHash('sha1').update(dex.subarray(32)).digest().copy(dex, 12);
  dex.writeUInt32LE(adler32(dex.subarray(12)), 8);
  return new Uint8Array(dex);
}

/** Bytes that no compression shortens, as pictures and libraries are. */
function ballast(name: string, split: string): Uint8Array {
  const out = new Uint8Array(20_000 + (hashOf('weight', name, split) % 180_000));
  let state = hashOf('ballast', name, split);
  for (let at = 0; at < out.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    out[at] = state >>> 24;
  }
  return out;
}

function membersOf({ app, split }: ApkQuestion): ZipMember[] {
  const { versionCode, versionName, minSdk, targetSdk } = app;
  const manifest = manifestBytes({ package: app.package, versionCode, versionName, minSdk, targetSdk, split });
  const members: ZipMember[] = [{ name: 'AndroidManifest.xml', bytes: manifest }];
  if (split === null) members.push({ name: 'classes.dex', bytes: emptyDex() });
  const heavy = split?.includes('arm64') ? 'lib/arm64-v8a/libpractice.so' : 'res/raw/practice.bin';
  members.push({ name: heavy, bytes: ballast(app.package, split ?? ''), storedAt: 4 });
  return members;
}

/**
 * A package as it lies on the phone: an archive with a manifest in its binary form and real signatures: the JAR's for phones before
 * Android 7 or apps that still run there, a v2 block from Android 7 on, v3 from 9 on, with an earlier certificate where the developer
 * changed it. The same for the same app and version.
 */
export function apkBytes(q: ApkQuestion): Uint8Array {
  if (q.broken === 'no archive') return new TextEncoder().encode('<html><body>Not Found</body></html>\n'.repeat(40));
  const { app, maker, sdk } = q;
  const members = membersOf(q);
  const signer = signerOf(app, maker);
  const earlier = earlierSignerOf(app);
  const old = sdk < 24 || app.minSdk < 24;
  const schemes = sdk >= 28 ? [2, 3] : sdk >= 24 ? [2] : [];
  const signedMembers =
    q.broken === 'unsigned' || !old
      ? members
      : // Older signatures hold the certificate that the app had at first.
        [...members, ...jarSignature(members, earlier ?? signer, app.minSdk < 18 ? 'sha1' : 'sha256', schemes)];
  const parts = zipParts(signedMembers);
  const at = parts.members.length;
  const block =
    q.broken === 'unsigned' || schemes.length === 0
      ? Buffer.alloc(0)
      : signingBlock(
          contentDigest([parts.members, parts.directory, parts.end(at)]),
          { v2: earlier ?? signer, v3: sdk >= 28 ? signer : null, before: earlier },
          app.minSdk,
        );
  const whole = Buffer.concat([parts.members, block, parts.directory, parts.end(at + block.length)]);
  if (q.broken === 'changed') whole[parts.members.length - 5_000]! ^= 0xff;
  return new Uint8Array(q.broken === 'cut' ? whole.subarray(0, Math.floor(whole.length * 0.6)) : whole);
}

/** Names of the splits beside the base, as stores deliver them since Android 7. */
export function splitsOf(app: PracticeApp, sdk: number): readonly string[] {
  const fromStore = app.installer !== null && app.codePath.startsWith('/data/app/');
  if (sdk < 24 || !fromStore || hashOf('split', app.package) % 5 < 2) return [];
  return hashOf('splits', app.package) % 2 === 0
    ? ['config.arm64_v8a', 'config.xxhdpi']
    : ['config.arm64_v8a', 'config.en', 'config.xxhdpi'];
}

/** Paths of a package's files, the base first: what `pm path` names. */
export function apkPaths(app: PracticeApp, sdk: number): { readonly path: string; readonly split: string | null }[] {
  return [
    { path: app.apkPath, split: null },
    ...splitsOf(app, sdk).map((split) => ({ path: `${app.codePath}/split_${split}.apk`, split })),
  ];
}
