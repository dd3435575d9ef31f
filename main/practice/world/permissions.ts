import type { CatalogApp } from './catalog/catalog.ts';
import type { Dice } from './random.ts';

export interface PracticePermission {
  readonly name: string;
  /** Asked of the owner while in use (Android 6 and later), or given at installation. */
  readonly runtime: boolean;
  readonly granted: boolean;
}

const byHabit: Readonly<Record<string, readonly string[]>> = {
  chat: [
    'READ_CONTACTS',
    'CAMERA',
    'RECORD_AUDIO',
    'READ_PHONE_STATE',
    'ACCESS_FINE_LOCATION',
    'READ_EXTERNAL_STORAGE',
  ],
  social: ['READ_CONTACTS', 'CAMERA', 'RECORD_AUDIO', 'ACCESS_FINE_LOCATION', 'READ_EXTERNAL_STORAGE'],
  maps: ['ACCESS_FINE_LOCATION', 'ACCESS_COARSE_LOCATION'],
  weather: ['ACCESS_COARSE_LOCATION'],
  mail: ['READ_CONTACTS', 'GET_ACCOUNTS', 'READ_CALENDAR'],
  shop: ['CAMERA', 'ACCESS_COARSE_LOCATION', 'READ_EXTERNAL_STORAGE'],
  video: ['READ_EXTERNAL_STORAGE', 'READ_PHONE_STATE'],
  gallery: ['READ_EXTERNAL_STORAGE', 'ACCESS_COARSE_LOCATION'],
  cloud: ['READ_EXTERNAL_STORAGE', 'GET_ACCOUNTS'],
  cloudsync: ['READ_CONTACTS', 'READ_SMS', 'READ_CALL_LOG', 'READ_CALENDAR', 'GET_ACCOUNTS'],
  cloudbackup: ['READ_CONTACTS', 'READ_SMS', 'READ_EXTERNAL_STORAGE', 'GET_ACCOUNTS'],
  account: ['READ_PHONE_STATE', 'READ_SMS', 'GET_ACCOUNTS'],
  messaging: ['READ_SMS', 'SEND_SMS', 'RECEIVE_SMS', 'READ_CONTACTS', 'READ_PHONE_STATE'],
  gms: ['ACCESS_FINE_LOCATION', 'READ_CONTACTS', 'READ_PHONE_STATE', 'BODY_SENSORS'],
  telemetry: ['READ_PHONE_STATE'],
  xmsf: ['READ_PHONE_STATE'],
};

/** What the package asks for and what it has. Preinstalled packages were granted theirs by the maker. */
export function permissionsOf(app: CatalogApp, dice: Dice, sdk: number): PracticePermission[] {
  if (app.habit === 'silent') return [];
  const install = ['INTERNET', 'ACCESS_NETWORK_STATE', 'WAKE_LOCK', 'RECEIVE_BOOT_COMPLETED'].slice(
    0,
    dice.whole(2, 4),
  );
  const image = app.placement !== 'app' || app.privileged || app.shared !== null;
  const asked = [...(byHabit[app.habit] ?? []), ...(sdk >= 33 && app.label !== null ? ['POST_NOTIFICATIONS'] : [])];
  return [
    ...install.map((name) => ({ name: `android.permission.${name}`, runtime: false, granted: true })),
    ...asked.map((name) => ({
      name: `android.permission.${name}`,
      runtime: true,
      granted: sdk < 23 || image || dice.chance(0.7),
    })),
  ];
}
