import { isoOf } from '../../../shared/base/time.ts';
import type { AppCertificate } from '../../../shared/types/app.ts';
import type { ReadCase } from '../ports/case-handle.ts';

interface SignerRow {
  readonly package: string;
  readonly certificate: string;
  readonly role: AppCertificate['role'];
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly not_before_us: number | null;
  readonly not_after_us: number | null;
  readonly version_name: string | null;
  readonly schemes: string;
  readonly wrong: number;
  readonly verified: number;
}

/**
 * Certificates of the packages that were read, by package name; one that several schemes carry stands once. Chains are left
 * out. `holds` is true where a signature and the content were checked and hold in one scheme at least, false where one does
 * not, null where nothing was checked.
 */
export async function certificatesByPackage(read: ReadCase): Promise<ReadonlyMap<string, AppCertificate[]>> {
  const rows = await read.all<SignerRow>(
    `SELECT package, certificate, role, subject, issuer, not_before_us, not_after_us, version_name,
       group_concat(DISTINCT scheme) schemes, max(signature = 'wrong' OR content = 'wrong') wrong,
       max(signature = 'verified' AND content = 'verified') verified
     FROM apk_signer WHERE package IS NOT NULL AND role <> 'chain'
     GROUP BY package, certificate, role, version_name ORDER BY package, min(id)`,
  );
  const found = new Map<string, AppCertificate[]>();
  for (const row of rows) {
    const list = found.get(row.package) ?? [];
    found.set(row.package, list);
    list.push({
      package: row.package,
      version: row.version_name,
      sha256: row.certificate,
      role: row.role,
      subject: row.subject,
      issuer: row.issuer,
      from: row.not_before_us === null ? null : isoOf(row.not_before_us),
      to: row.not_after_us === null ? null : isoOf(row.not_after_us),
      schemes: row.schemes.split(',').sort(),
      holds: row.wrong === 1 ? false : row.verified === 1 ? true : null,
    });
  }
  return found;
}
