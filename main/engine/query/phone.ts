import { knownZone } from '../../../shared/base/zone.ts';
import type { PhoneView } from '../../../shared/types/summary.ts';
import type { ReadCase } from '../ports/case-handle.ts';

/** The last value that any source said of a property; null where none did. A property that is set to nothing says nothing. */
async function properties(read: ReadCase): Promise<(...keys: string[]) => string | null> {
  const rows = await read.all<{ key: string; value: string }>(
    `SELECT key, value FROM property WHERE value <> '' ORDER BY id`,
  );
  const said = new Map(rows.map((row) => [row.key, row.value]));
  return (...keys) => {
    const key = keys.find((one) => said.has(one));
    return key === undefined ? null : (said.get(key) ?? null);
  };
}

/** The phone's own time zone, IANA name, or null. */
export async function phoneZone(read: ReadCase): Promise<string | null> {
  const zone = (await properties(read))('persist.sys.timezone');
  return knownZone(zone) ? zone : null;
}

/** `UserInfo` flags: 0x20 managed profile (work); ids 999 and 95, 150 are makers' own second spaces. */
function userKind(id: number, flags: string | null): string | null {
  if (id === 0) return 'owner';
  if (flags !== null && (Number.parseInt(flags, 16) & 0x20) !== 0) return 'work profile';
  if (id === 999) return 'dual apps';
  if (id >= 150 && id <= 160) return 'secure folder';
  if (id === 95) return 'dual messenger';
  return null;
}

/** The phone as its properties describe it: of each, the last value that was said. */
export async function phone(read: ReadCase): Promise<PhoneView> {
  const said = await properties(read);
  const users = await read.all<{ id: number; name: string | null; flags: string | null }>(
    `SELECT id, name, flags FROM phone_user ORDER BY id`,
  );
  const serial = await read.get<{ serial: string }>(
    `SELECT serial FROM batch WHERE serial IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  const sdk = Number(said('ro.build.version.sdk'));
  return {
    serial: said('ro.serialno', 'ro.boot.serialno') ?? serial?.serial ?? null,
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
    zone: await phoneZone(read),
    users: users.map((user) => ({ id: user.id, name: user.name, kind: userKind(user.id, user.flags) })),
  };
}
