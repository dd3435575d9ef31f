import type { PracticeApp } from '../world/apps.ts';
import type { Maker } from '../world/options.ts';
import { hashOf } from '../world/random.ts';
import { type Signer, selfSigned } from './certificate.ts';

/** Every name says that it is of a simulated phone, so that nobody takes a certificate for a maker's. */
const practice = (name: string): string => `${name} (practice phone)`;

const started = Date.UTC(2009, 0, 1);

const makers: Readonly<Record<string, () => Signer>> = {
  google: () =>
    selfSigned(
      'google',
      { C: 'US', ST: 'California', L: 'Mountain View', O: practice('Google'), OU: 'Android', CN: 'Android' },
      started,
      28,
    ),
  xiaomi: () =>
    selfSigned('xiaomi', { C: 'CN', ST: 'Beijing', O: practice('Xiaomi'), OU: 'MIUI', CN: 'MIUI' }, started, 30),
  samsung: () =>
    selfSigned('samsung', { C: 'KR', L: 'Suwon City', O: practice('Samsung'), OU: 'DMC', CN: 'Samsung' }, started, 27),
  aosp: () => selfSigned('aosp', { C: 'US', O: practice('Plainphone'), OU: 'Android', CN: 'Android' }, started, 27),
};

const known = new Map<string, Signer>();
function once(name: string, make: () => Signer): Signer {
  let signer = known.get(name);
  if (!signer) {
    signer = make();
    known.set(name, signer);
  }
  return signer;
}

/** Who signed the package: the maker of the phone, Google, or a developer with a certificate for this app alone. */
export function signerOf(app: PracticeApp, maker: Maker): Signer {
  const name = app.package;
  const ofGoogle = /^com\.google\.|^com\.android\.(?:vending|chrome)$/.test(name);
  const image = app.imagePath !== null || app.appId < 10_000;
  if (ofGoogle) return once('google', makers.google!);
  if (image) {
    const who = maker === 'plain' || maker === 'google' ? (maker === 'google' ? 'google' : 'aosp') : maker;
    return once(who, makers[who]!);
  }
  const key = `developer ${1 + (hashOf('developer', name) % 3)}`;
  const year = 2010 + (hashOf('signed since', name) % 12);
  return once(`${name} ${key}`, () =>
    selfSigned(key, { C: 'XX', O: practice(name), CN: app.label ?? name }, Date.UTC(year, hashOf(name) % 12, 3), 25),
  );
}

/** The one that an app had before its developer changed it, or null: some did. */
export function earlierSignerOf(app: PracticeApp): Signer | null {
  if (app.imagePath !== null || hashOf('rotated', app.package) % 7 !== 0) return null;
  return once(`${app.package} before`, () =>
    selfSigned('developer 1 before', { C: 'XX', O: practice(app.package), CN: 'before' }, Date.UTC(2009, 5, 1), 25),
  );
}

/** The number that Android prints for a certificate in a list of packages: Java's hash of its bytes (FORMATS 5.3). */
export function javaHashOf(bytes: Uint8Array): number {
  let hash = 1;
  for (const byte of bytes) hash = (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0;
  return hash >>> 0;
}
