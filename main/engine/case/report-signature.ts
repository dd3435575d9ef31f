import { join } from 'node:path';
import { checkStamp } from '../custody/check-stamp.ts';
import { ordinaryBytes, readSignings } from '../custody/signings.ts';
import { isBareToken } from '../custody/stamp-token.ts';
import type { ReportSignature } from '../report/report-data.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { headAfter, readCustody } from '../store/custody-log.ts';

/** What a report says of the last signature of a case: whether it fits its key, its manifest and the log. Null: none. */
export async function reportSignature(paths: CasePaths): Promise<ReportSignature | null> {
  const last = (await readSignings(paths.root)).signings.at(-1);
  if (!last) return null;
  const { manifest } = last;
  const reading = await readCustody(paths.custody);
  const fits =
    manifest !== null &&
    manifest.case.begins === headAfter(reading, 1) &&
    manifest.custody.head === headAfter(reading, manifest.custody.lines);
  const stamps: ReportSignature['stamps'][number][] = [];
  for (const path of last.stamps) {
    const bytes = (await ordinaryBytes(join(paths.root, path))) ?? new Uint8Array();
    const { view, faults } = checkStamp(bytes, last.bytes, path, null);
    if (view && faults.length === 0) {
      stamps.push({ time: view.time, authority: view.authority, file: path, bare: isBareToken(bytes) });
    }
  }
  return {
    name: manifest?.signer.name ?? null,
    fingerprint: last.fingerprint,
    signedAt: manifest?.signedAt ?? null,
    manifest: last.path,
    sha256: last.sha256,
    files: manifest?.files.length ?? null,
    lines: manifest?.custody.lines ?? null,
    holds: fits && last.differences.length === 0,
    stamps,
  };
}
