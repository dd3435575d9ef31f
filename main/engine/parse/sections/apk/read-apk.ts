import { createHash, X509Certificate } from 'node:crypto';
import type { ApkSignerRecord } from '../../../model/record.ts';
import type { Budget, Limits } from '../budget.ts';
import { BudgetSpent } from '../budget.ts';
import { counted, gathered } from '../byte-stream.ts';
import type { SectionRun } from '../section-run.ts';
import { type ArchiveBytes, type Member, openZip, type ZipArchive } from '../zip-archive.ts';
import { type ManifestFacts, readManifest } from './binary-manifest.ts';
import { certificatesIn } from './pkcs7-certificates.ts';
import { openBytes, type RandomBytes } from './random-bytes.ts';
import { signersOf } from './signers.ts';
import { layoutOf, type PackageLayout, schemeIds } from './signing-block.ts';
import { type Checked, checkSignature, contentChecker } from './verify-signer.ts';

/** No manifest and no signature of META-INF has more; a member that unpacks to more is not read. */
const longestMember = 16 * 1024 * 1024;
const mostSignatureFiles = 20;

const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');
const nowhere = { line: null, offset: null };
const silent: ManifestFacts = { package: null, versionName: null, versionCode: null };

/** One package on its way to records: what it says of itself, and by which certificates it is signed. */
export interface ApkReading {
  readonly where: ArchiveBytes;
  readonly run: SectionRun;
  readonly limits: Limits;
  readonly budget: Budget;
  /** The package that was asked for, where one was. */
  readonly expected: string | null;
}

/**
 * Reads a package: its name and version, and the certificates of all schemes of signing. Of v2, v3 and v3.1 the signature is
 * checked, and the content against it; of v1 the certificates are read and nothing is checked. What cannot be read becomes a
 * warning; rejects only with `BudgetSpent`.
 */
export async function readApk({ where, run, limits, budget, expected }: ApkReading): Promise<number> {
  const warn = (reason: string, text: string | null = null) => run.warn({ at: nowhere, text, reason });
  let bytes: RandomBytes | null = null;
  try {
    bytes = await openBytes(where);
    const { facts, old } = await contentsOf(where, limits, budget, warn);
    if (expected !== null && facts.package !== null && facts.package !== expected) {
      warn('The package names itself otherwise than the phone did.', `${facts.package} instead of ${expected}`);
    }
    const records = [...(await blockSigners(bytes, warn)), ...old];
    for (const { offset, ...record } of records)
      run.record({ kind: 'apk signer', ...facts, ...record }, { line: null, offset });
    if (records.length === 0) warn('No certificate by which the package is signed could be read.');
    return bytes.size;
  } catch (thrown) {
    if (thrown instanceof BudgetSpent) throw thrown;
    warn(`The package ${messageOf(thrown)}.`);
    return bytes?.size ?? 0;
  } finally {
    await bytes?.close();
  }
}

type Warn = (reason: string, text?: string | null) => void;
type Found = Omit<ApkSignerRecord, 'kind' | keyof ManifestFacts> & { readonly offset: number | null };

/** Certificates of the signing block, with what came of checking them. */
async function blockSigners(bytes: RandomBytes, warn: Warn): Promise<Found[]> {
  let layout: PackageLayout;
  try {
    layout = await layoutOf(bytes);
  } catch (thrown) {
    warn(`The package ${messageOf(thrown)}; its signing block was not read.`);
    return [];
  }
  const content = contentChecker(bytes, layout);
  const found: Found[] = [];
  for (const scheme of ['v2', 'v3', 'v3.1'] as const) {
    const value = layout.signatures.get(schemeIds[scheme]);
    if (!value) continue;
    try {
      for (const [signer, one] of signersOf(value, scheme).entries()) {
        const checks = { signature: checkSignature(one), content: await content(one) };
        const at = { scheme, signer, offset: layout.blockAt };
        one.certificates.forEach((der, n) => {
          found.push({ ...at, role: n === 0 ? 'signer' : 'chain', ...certificateFacts(der, warn), ...checks });
        });
        for (const der of one.past) found.push({ ...at, role: 'past', ...certificateFacts(der, warn), ...unchecked });
        wrongs(scheme, checks, warn);
      }
    } catch (thrown) {
      warn(`The package ${messageOf(thrown)} (scheme ${scheme}).`);
    }
  }
  return found;
}

const unchecked = { signature: 'not verified', content: 'not verified' } as const;

function wrongs(scheme: string, { signature, content }: { signature: Checked; content: Checked }, warn: Warn): void {
  if (signature === 'wrong') warn(`The signature of scheme ${scheme} does not hold for the data that it signs.`);
  if (content === 'wrong') warn(`The content of the package is not the content that scheme ${scheme} signs.`);
}

/** The manifest, and the certificates of the oldest scheme, from the archive's members. */
async function contentsOf(
  where: ArchiveBytes,
  limits: Limits,
  budget: Budget,
  warn: Warn,
): Promise<{ readonly facts: ManifestFacts; readonly old: Found[] }> {
  let archive: ZipArchive;
  try {
    archive = await openZip(where, limits.mostMembers);
  } catch (thrown) {
    warn(`The package could not be opened as an archive (${messageOf(thrown)}).`);
    return { facts: silent, old: [] };
  }
  const take = async (member: Member): Promise<Buffer | null> => {
    if (member.encrypted || !member.readable) return null;
    const bytes = await gathered(counted(archive.read(member), budget), longestMember);
    if (bytes === null)
      warn(`A member of the package unpacks to more than it may have and was not read.`, member.label);
    return bytes;
  };
  try {
    if (archive.broken !== null) warn(`The list of contents of the package breaks off: ${archive.broken}.`);
    const facts = await manifestOf(archive, take, warn);
    const old: Found[] = [];
    const files = archive.members.filter(({ label }) => /^META-INF\/[^/]+\.(?:RSA|DSA|EC)$/i.test(label));
    for (const [signer, member] of files.slice(0, mostSignatureFiles).entries()) {
      try {
        const bytes = await take(member);
        for (const der of bytes ? certificatesIn(bytes) : [])
          old.push({
            scheme: 'v1',
            signer,
            offset: null,
            role: 'signer',
            ...certificateFacts(der, warn),
            ...unchecked,
          });
      } catch (thrown) {
        if (thrown instanceof BudgetSpent) throw thrown;
        warn(`A signature file of the package could not be read: it ${messageOf(thrown)}.`, member.label);
      }
    }
    return { facts, old };
  } finally {
    archive.close();
  }
}

async function manifestOf(
  archive: ZipArchive,
  take: (member: Member) => Promise<Buffer | null>,
  warn: Warn,
): Promise<ManifestFacts> {
  const member = archive.members.find(({ label }) => label === 'AndroidManifest.xml');
  if (!member) {
    warn('The package holds no AndroidManifest.xml: it names no app.');
    return silent;
  }
  try {
    const bytes = await take(member);
    return bytes === null ? silent : readManifest(bytes);
  } catch (thrown) {
    if (thrown instanceof BudgetSpent) throw thrown;
    warn(`The AndroidManifest.xml of the package could not be read: it ${messageOf(thrown)}.`);
    return silent;
  }
}

/** What a certificate says; its SHA-256 is that of its bytes, whether they can be read or not. */
function certificateFacts(der: Buffer, warn: Warn) {
  const certificate = createHash('sha256').update(der).digest('hex');
  try {
    const { subject, issuer, validFrom, validTo } = new X509Certificate(der);
    const us = (text: string) => {
      const ms = Date.parse(text);
      return Number.isFinite(ms) ? ms * 1000 : null;
    };
    const line = (name: string | undefined) => (name ? name.trim().split('\n').join(', ').slice(0, 1000) : null);
    return {
      certificate,
      subject: line(subject),
      issuer: line(issuer),
      notBefore: us(validFrom),
      notAfter: us(validTo),
    };
  } catch {
    warn('A certificate of the package is not of the form of one; only its hash is known.', certificate);
    return { certificate, subject: null, issuer: null, notBefore: null, notAfter: null };
  }
}
