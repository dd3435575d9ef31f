import type { PhoneView } from '../../../shared/types/summary.ts';
import type { ReadCase } from '../ports/case-handle.ts';

/** The last value that any source said of a property; null where none did. */
async function properties(read: ReadCase): Promise<(...keys: string[]) => string | null> {
  const rows = await read.all<{ key: string; value: string }>(`SELECT key, value FROM property ORDER BY id`);
  const said = new Map(rows.map((row) => [row.key, row.value]));
  return (...keys) => {
    for (const key of keys) {
      const value = said.get(key);
      if (value) return value;
    }
    return null;
  };
}

/** The phone's own time zone, IANA name, or null. */
export async function phoneZone(read: ReadCase): Promise<string | null> {
  const zone = (await properties(read))('persist.sys.timezone');
  if (!zone) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
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
