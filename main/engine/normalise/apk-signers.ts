import type { ApkSignerRecord } from '../model/record.ts';
import type { Cell } from './columns.ts';

/** A certificate's row, from the package's name to what came of checking, as `columns` names them. */
export function signerCells(record: ApkSignerRecord): Cell[] {
  return [
    record.package,
    record.versionName,
    record.versionCode,
    record.scheme,
    record.signer,
    record.role,
    record.certificate,
    record.subject,
    record.issuer,
    record.notBefore,
    record.notAfter,
    record.signature,
    record.content,
  ];
}
