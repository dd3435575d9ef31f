import type { PhoneView } from '../../../../shared/types/summary.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { IdentityFact } from '../report-data.ts';
import { knownZone } from '../zone.ts';

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
];

/** Each distinct value that was said of an identity property, with the first place that said it. */
export async function readIdentity(read: ReadCase): Promise<IdentityFact[]> {
  const rows = await read.all<IdentityFact>(
    `SELECT p.key, p.value, s.evidence, min(p.line) AS line FROM property p JOIN section s ON s.id = p.section
     WHERE p.value <> '' GROUP BY p.key, p.value ORDER BY min(p.id)`,
  );
  return identityKeys.flatMap((key) => rows.filter((row) => row.key === key));
}

/** Bit of `UserInfo.flags` for a work profile. */
const MANAGED_PROFILE = 0x20;

/** Ids 999, 95 and 150 to 160 are the second spaces of Xiaomi and Samsung. */
function userKind(id: number, flags: string | null): string | null {
  if (id === 0) return 'owner';
  if (flags !== null && (Number.parseInt(flags, 16) & MANAGED_PROFILE) !== 0) return 'work profile';
  if (id === 999) return 'dual apps';
  if (id >= 150 && id <= 160) return 'secure folder';
  return id === 95 ? 'dual messenger' : null;
}

/** The phone as its properties describe it; the last value said of each. */
export async function readPhone(read: ReadCase): Promise<PhoneView> {
  const rows = await read.all<{ key: string; value: string }>(
    `SELECT key, value FROM property WHERE value <> '' ORDER BY id`,
  );
  const values = new Map(rows.map((row) => [row.key, row.value]));
  const said = (...keys: string[]) => {
    const key = keys.find((one) => values.has(one));
    return key === undefined ? null : (values.get(key) ?? null);
  };
  const users = await read.all<{ id: number; name: string | null; flags: string | null }>(
    `SELECT id, name, flags FROM phone_user ORDER BY id`,
  );
  const batch = await read.get<{ serial: string }>(
    `SELECT serial FROM batch WHERE serial IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  const sdk = Number(said('ro.build.version.sdk'));
  const zone = said('persist.sys.timezone');
  return {
    serial: said('ro.serialno', 'ro.boot.serialno') ?? batch?.serial ?? null,
    maker: said('ro.product.manufacturer', 'ro.product.brand'),
    model: said('ro.product.marketname', 'ro.product.odm.marketname', 'ro.product.model'),
    product: said('ro.product.name', 'ro.product.device'),
    android: said('ro.build.version.release'),
    sdk: Number.isInteger(sdk) && sdk > 0 ? sdk : null,
    build: said('ro.build.fingerprint', 'bugreport.fingerprint', 'ro.build.id', 'bugreport.build'),
    securityPatch: said('ro.build.version.security_patch'),
    vendorSystem: said(
      'ro.mi.os.version.name',
      'ro.miui.ui.version.name',
      'ro.build.version.oneui',
      'ro.build.version.emui',
      'ro.build.version.oplusrom',
    ),
    zone: knownZone(zone) ? zone : null,
    users: users.map((user) => ({ id: user.id, name: user.name, kind: userKind(user.id, user.flags) })),
  };
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
