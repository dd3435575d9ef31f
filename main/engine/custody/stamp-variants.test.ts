import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl } from '../../../test/support/time-authority.ts';
import { readCertificates } from './certificates.ts';
import { checkStamp } from './check-stamp.ts';
import { der, objectId, sequence, tags, wholeNumber } from './der.ts';

/*
 * Tokens as authorities send them, and as a forger would: statements written by hand and signed by OpenSSL with certificates of all kinds.
 * OpenSSL's own check is asked about each of them too where it answers to the same question.
 */

if (!hasOpenssl) console.log('Left out: forms of time stamps, because there is no OpenSSL on this machine.');

const stamped = new TextEncoder().encode('what is stamped');
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const sha256 = '2.16.840.1.101.3.4.2.1';

let folder: string;
const place = (name: string) => join(folder, name);
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'latin1' });

interface Issuing {
  readonly ext?: string;
  readonly by?: string;
  readonly days?: number;
  readonly hash?: string;
  readonly key?: readonly string[];
}
const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';
const usage = 'extendedKeyUsage=critical,timeStamping\n';
const p256 = ['ecparam', '-name', 'prime256v1', '-genkey', '-noout'];

/** Makes a key and its certificate: `NAME.key`, `NAME.pem`. */
function issue(name: string, { ext = usage, by = 'root', days = 30, hash = 'sha256', key = p256 }: Issuing = {}): void {
  const [program = '', ...rest] = key;
  openssl(program, '-out', `${name}.key`, ...rest);
  writeFileSync(place(`${name}.ext`), `${ext}subjectKeyIdentifier=hash\n`);
  openssl('req', '-new', '-key', `${name}.key`, '-subj', `/O=Practice/CN=${name}`, '-out', `${name}.csr`);
  const signer =
    by === name ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial'];
  openssl(
    ...['x509', '-req', '-in', `${name}.csr`, ...signer, `-${hash}`, '-days', String(days)],
    ...['-extfile', `${name}.ext`, '-out', `${name}.pem`],
  );
}

beforeAll(() => {
  if (!hasOpenssl) return;
  folder = mkdtempSync(join(tmpdir(), 'phonehome-stamps-'));
  issue('root', { ext: ca, by: 'root' });
  issue('middle', { ext: ca });
  issue('good', {});
  issue('below', { by: 'middle' });
}, 30_000);
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const text = (value: string) => new TextEncoder().encode(value);
const timeNow = () => `${new Date().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
const integer = (value: number) => wholeNumber(value);

/** A statement of a time (RFC 3161 §2.4.2), any part of which can be another. */
function statement(
  change: {
    version?: Uint8Array;
    hash?: string;
    imprint?: Uint8Array;
    time?: Uint8Array;
    rest?: readonly Uint8Array[];
  } = {},
): Uint8Array {
  const hash = change.hash ?? sha256;
  const imprint = change.imprint ?? createHash('sha256').update(stamped).digest();
  return sequence(
    change.version ?? integer(1),
    objectId('1.2.3.4.1'),
    sequence(sequence(objectId(hash), der(tags.null)), der(tags.octets, imprint)),
    integer(77),
    change.time ?? der(tags.generalizedTime, text(timeNow())),
    ...(change.rest ?? []),
  );
}

interface Signing {
  readonly with?: string;
  readonly type?: string;
  readonly more?: readonly string[];
  readonly plain?: boolean;
}

/** The statement signed as a token; `-cades` has the signature name its certificate. */
function token(info: Uint8Array, { with: signer = 'good', type = TST_INFO, more = [], plain = false }: Signing = {}) {
  writeFileSync(place('statement.der'), info);
  openssl(
    ...['cms', '-sign', '-binary', '-nodetach', '-econtent_type', type, '-in', 'statement.der', '-outform', 'DER'],
    ...[
      '-signer',
      `${signer}.pem`,
      '-inkey',
      `${signer}.key`,
      '-out',
      'token.tst',
      ...(plain ? [] : ['-cades']),
      ...more,
    ],
  );
  return new Uint8Array(readFileSync(place('token.tst')));
}

const check = async (bytes: Uint8Array, roots: readonly string[] | null = ['root']) => {
  const anchors = roots && (await Promise.all(roots.map((name) => readCertificates(place(`${name}.pem`))))).flat();
  return checkStamp(bytes, stamped, 'a token', anchors);
};
const faults = async (bytes: Uint8Array, roots?: readonly string[] | null) => (await check(bytes, roots)).faults;

/** What OpenSSL says of the token: null where it holds. */
function opensslSays(root = 'root', untrusted: string | null = null): string | null {
  writeFileSync(place('stamped'), stamped);
  try {
    openssl(
      ...['ts', '-verify', '-token_in', '-data', 'stamped', '-in', 'token.tst', '-CAfile', `${root}.pem`],
      ...(untrusted === null ? [] : ['-untrusted', `${untrusted}.pem`]),
    );
    return null;
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr);
  }
}

describe.skipIf(!hasOpenssl)('a token that is as it should be', () => {
  it('holds here and for OpenSSL, in every form of the statement', async () => {
    const seconds = (value: number) => sequence(integer(value));
    const nonce = integer(12345);
    const { subject } = (await readCertificates(place('good.pem')))[0]!;
    const named = (bytes: Uint8Array) => der(0xa0, der(0xa4, bytes));
    const extension = (critical: boolean) =>
      der(
        0xa1,
        sequence(
          objectId('1.2.3.9'),
          ...(critical ? [der(tags.boolean, Uint8Array.of(0xff))] : []),
          der(tags.octets, text('x')),
        ),
      );
    const forms: readonly (readonly [string, Uint8Array, number | null])[] = [
      ['bare', statement(), null],
      ['with an error in seconds', statement({ rest: [seconds(3)] }), 3],
      [
        'with an error in all its units',
        statement({ rest: [sequence(integer(1), der(0x80, Uint8Array.of(5)), der(0x81, Uint8Array.of(7)))] }),
        1.005007,
      ],
      ['ordered, with a nonce', statement({ rest: [der(tags.boolean, Uint8Array.of(0xff)), nonce] }), null],
      ['with the authority’s name', statement({ rest: [named(subject)] }), null],
      ['with a part that need not be known', statement({ rest: [extension(false)] }), null],
      [
        'to a part of a second',
        statement({ time: der(tags.generalizedTime, text(timeNow().replace('Z', '.25Z'))) }),
        null,
      ],
    ];
    for (const [form, info, accuracyS] of forms) {
      const { view, faults: found } = await check(token(info));
      expect(found, form).toEqual([]);
      expect(view, form).toMatchObject({ issuer: 'trusted', accuracyS });
      expect(opensslSays(), form).toBeNull();
    }
    expect(await faults(token(statement({ rest: [named(sequence())] })))).toEqual([
      'the statement names another authority than its certificate',
    ]);
    expect(opensslSays()).toContain('tsa name mismatch');
    expect(await faults(token(statement({ rest: [extension(true)] })))).toEqual([
      expect.stringContaining('a critical part that this program does not know'),
    ]);
  });

  it('may stamp by any hash of the SHA-2 and SHA-3 families, and not by SHA-1 or MD5', async () => {
    const of = (name: string) => createHash(name).update(stamped).digest();
    for (const [name, oid] of [
      ['sha384', '2.16.840.1.101.3.4.2.2'],
      ['sha512', '2.16.840.1.101.3.4.2.3'],
      ['sha3-256', '2.16.840.1.101.3.4.2.8'],
    ] as const)
      expect(await faults(token(statement({ hash: oid, imprint: of(name) }))), name).toEqual([]);
    for (const [name, oid] of [
      ['sha1', '1.3.14.3.2.26'],
      ['md5', '1.2.840.113549.2.5'],
    ] as const)
      expect(await faults(token(statement({ hash: oid, imprint: of(name) }))), name).toEqual([
        expect.stringContaining('a hash that is not accepted'),
      ]);
  });

  it('may be signed by RSA, by ECDSA on another curve, with another digest, in BER, or without its certificate', async () => {
    issue('rsa', { key: ['genrsa', '2048'] });
    issue('p384', { key: ['ecparam', '-name', 'secp384r1', '-genkey', '-noout'] });
    for (const signer of ['rsa', 'p384'])
      expect(await faults(token(statement(), { with: signer })), signer).toEqual([]);
    expect(await faults(token(statement(), { more: ['-md', 'sha512'] }))).toEqual([]);
    expect(await faults(token(statement(), { with: 'rsa', more: ['-md', 'sha384'] }))).toEqual([]);
    expect(await faults(token(statement(), { more: ['-stream'] }))).toEqual([]);
    const without = token(statement(), { more: ['-nocerts'] });
    expect(await faults(without)).toEqual(expect.arrayContaining(['the certificate that signed is not in the token']));
    expect(await faults(without, ['root', 'good'])).toEqual([]);
  });

  it('leads to its root by a certificate in between, from the token or from the examiner', async () => {
    const alone = token(statement(), { with: 'below' });
    expect(await faults(alone)).toEqual([
      'its certificate does not lead to one of the given certificates of authorities',
    ]);
    expect(await faults(alone, ['root', 'middle'])).toEqual([]);
    // Whoever trusts the one in between, or the authority itself, needs no root.
    expect(await faults(alone, ['middle'])).toEqual([]);
    expect(await faults(alone, ['below'])).toEqual([]);
    const carried = token(statement(), { with: 'below', more: ['-certfile', 'middle.pem'] });
    expect(await faults(carried)).toEqual([]);
    expect(opensslSays()).toBeNull();
  });
});

describe.skipIf(!hasOpenssl)('a token is refused', () => {
  const not = 'the certificate is not one for time stamps alone';

  it.each([
    ['for a purpose that is not critical', 'extendedKeyUsage=timeStamping\n', not],
    ['for another purpose besides', 'extendedKeyUsage=critical,timeStamping,clientAuth\n', not],
    ['for no purpose', '', not],
    ['for any purpose', 'extendedKeyUsage=critical,anyExtendedKeyUsage\n', not],
    [
      'for agreeing on keys only',
      `${usage}keyUsage=critical,keyAgreement\n`,
      'the certificate’s key is not one that may sign',
    ],
  ])('whose certificate is %s', async (name, ext, reason) => {
    const id = `purpose${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
    issue(id, { ext });
    expect(await faults(token(statement(), { with: id }))).toEqual([reason]);
    expect(opensslSays()).not.toBeNull();
  });

  it('whose certificate had run out, and not one that has run out since', async () => {
    issue('over', { days: -1 });
    expect(await faults(token(statement(), { with: 'over' }))).toEqual([
      'the certificate was not valid at the time that the token states',
      'its certificate does not lead to one of the given certificates of authorities',
    ]);
    // A statement of a time before the certificate was made.
    const early = statement({ time: der(tags.generalizedTime, text('20010101000000Z')) });
    expect(await faults(token(early))).toContain('the certificate was not valid at the time that the token states');
  });

  it('whose issuer had run out, is none, or is another of the same name', async () => {
    issue('old-root', { ext: ca, by: 'old-root', days: -1 });
    issue('of-old', { by: 'old-root' });
    const lost = 'its certificate does not lead to one of the given certificates of authorities';
    expect(await faults(token(statement(), { with: 'of-old' }), ['old-root'])).toEqual([lost]);
    issue('of-good', { by: 'good' });
    expect(await faults(token(statement(), { with: 'of-good', more: ['-certfile', 'good.pem'] }))).toEqual([lost]);
    const [pem, key] = [readFileSync(place('root.pem')), readFileSync(place('root.key'))];
    issue('root', { ext: ca, by: 'root' });
    expect(await faults(token(statement()))).toEqual([lost]);
    writeFileSync(place('root.pem'), pem);
    writeFileSync(place('root.key'), key);
  });

  it('whose certificate is signed by SHA-1, or has a short key', async () => {
    issue('weak-hash', { hash: 'sha1' });
    expect(await faults(token(statement(), { with: 'weak-hash' }))).toEqual([
      'the certificate is signed by a hash that can be forged',
      'its certificate does not lead to one of the given certificates of authorities',
    ]);
    issue('short', { key: ['genrsa', '1024'] });
    expect(await faults(token(statement(), { with: 'short' }))).toContain(
      'the certificate’s key is too short to be relied upon',
    );
  });

  it('whose signature does not name its certificate, is by SHA-1, is of other content, or of none', async () => {
    expect(await faults(token(statement(), { plain: true }))).toEqual(['the signature does not name its certificate']);
    expect(await faults(token(statement(), { more: ['-md', 'sha1'] }))).toEqual([
      'the signature uses a hash that is not accepted (1.3.14.3.2.26)',
    ]);
    expect(await faults(token(statement(), { type: '1.2.840.113549.1.7.1' }))).toEqual([
      'it is no time stamp that can be read: no statement of a time in it',
    ]);
    expect(await faults(token(statement(), { more: ['-noattr'], plain: true }))).toEqual([
      'it is no time stamp that can be read: a signature without signed attributes',
    ]);
  });

  it('that two have signed', async () => {
    issue('second', {});
    const more = ['-signer', 'second.pem', '-inkey', 'second.key'];
    expect(await faults(token(statement(), { more }))).toEqual([
      'it is no time stamp that can be read: 2 signatures instead of one',
    ]);
  });

  it.each([
    ['of another version', { version: wholeNumber(2) }],
    ['with a time in another form', { time: der(tags.utcTime, text('260301080000Z')) }],
    ['with a local time', { time: der(tags.generalizedTime, text('20260301080000')) }],
    ['with an offset', { time: der(tags.generalizedTime, text('20260301080000+0100')) }],
    ['with a day that the month has not', { time: der(tags.generalizedTime, text('20260230080000Z')) }],
    ['with an error of less than nothing', { rest: [sequence(der(tags.integer, Uint8Array.of(0xff)))] }],
  ])('whose statement is %s', async (_, change) => {
    expect(await faults(token(statement(change)))).toEqual([
      expect.stringMatching(/^it is no time stamp that can be read: /),
    ]);
  });

  it('that stamps something else, though all else of it holds', async () => {
    const other = createHash('sha256').update('something else').digest();
    expect(await faults(token(statement({ imprint: other })))).toEqual([
      `the token stamps the hash ${other.toString('hex')}, which is not that of the manifest`,
    ]);
    expect(await faults(token(statement({ imprint: other.subarray(0, 31) })))).toHaveLength(1);
  });
});
