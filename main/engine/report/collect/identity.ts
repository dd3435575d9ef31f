import type { ReadCase } from '../../ports/case-handle.ts';
import type { IdentityFact } from '../report-data.ts';

/** Properties that tell which phone this is, in the order of the report. */
export const identityKeys: readonly string[] = [
  'ro.product.manufacturer',
  'ro.product.brand',
  'ro.product.marketname',
  'ro.product.odm.marketname',
  'ro.product.model',
  'ro.product.name',
  'ro.product.device',
  'ro.serialno',
  'ro.boot.serialno',
  'ro.build.version.release',
  'ro.build.version.sdk',
  'ro.build.version.security_patch',
  'ro.build.fingerprint',
  'bugreport.fingerprint',
  'ro.build.date.utc',
  'ro.mi.os.version.name',
  'ro.miui.ui.version.name',
  'ro.miui.region',
  'ro.build.version.oneui',
  'ro.build.version.emui',
  'ro.build.version.oplusrom',
  'ro.boot.verifiedbootstate',
  'ro.boot.flash.locked',
  'ro.debuggable',
  'ro.crypto.state',
  'persist.sys.timezone',
  'settings.global.auto_time',
  'settings.global.auto_time_zone',
];

/** Each distinct value that was said of an identity property, with the first place that said it. */
export async function readIdentity(read: ReadCase): Promise<IdentityFact[]> {
  const rows = await read.all<IdentityFact>(
    `SELECT p.key, p.value, s.evidence, p.line FROM property p JOIN section s ON s.id = p.section
     WHERE p.id IN (SELECT min(id) FROM property WHERE value <> '' GROUP BY key, value) ORDER BY p.id`,
  );
  return identityKeys.flatMap((key) => rows.filter((row) => row.key === key));
}

/** Whether a phone said of itself that it is simulated: by its serial number or by the property that practice phones set. */
export async function saysPractice(read: ReadCase): Promise<boolean> {
  const said = await read.get(
    `SELECT 1 FROM property WHERE key = 'ro.phonehome.practice' UNION ALL
     SELECT 1 FROM batch WHERE serial LIKE 'PRACTICE%' UNION ALL
     SELECT 1 FROM property WHERE key IN ('ro.serialno', 'ro.boot.serialno') AND value LIKE 'PRACTICE%' LIMIT 1`,
  );
  return said !== undefined;
}
