/** What is gathered of one `Package [name]` or `SharedUser [name]` block until it ends. */
import { appIdOf } from '../../../../../shared/base/uid.ts';
import type { Place } from '../../../model/place.ts';
import type { PackageRecord } from '../../../model/record.ts';

type Permission = PackageRecord['permissions'][number];

export interface UserPart {
  readonly id: number;
  readonly at: Place;
  installed: boolean | null;
  enabled: boolean | null;
  firstInstall: string | null;
  permissions: Permission[];
}

export interface Block {
  readonly name: string;
  readonly at: Place;
  appId: number | null;
  version: string | null;
  path: string | null;
  installer: string | null;
  system: boolean | null;
  firstInstall: string | null;
  lastUpdate: string | null;
  sharedUser: string | null;
  permissions: Permission[];
  readonly users: UserPart[];
}

export function newBlock(name: string, at: Place): Block {
  return {
    name,
    at,
    appId: null,
    version: null,
    path: null,
    installer: null,
    system: null,
    firstInstall: null,
    lastUpdate: null,
    sharedUser: null,
    permissions: [],
    users: [],
  };
}

const said = (text: string | undefined): string | null => (text === undefined || text === 'null' ? null : text || null);

/** Takes a `key=value` line of a package block. Keys that carry nothing for the record are passed over. */
export function takeField(block: Block, text: string): void {
  const equals = text.indexOf('=');
  if (equals <= 0) return;
  const key = text.slice(0, equals);
  const value = text.slice(equals + 1);
  switch (key) {
    case 'userId':
    case 'appId': {
      // Android 5 adds ` gids=[…]` on the same line.
      const digits = /^(\d{1,7})(?: |$)/.exec(value)?.[1];
      if (digits !== undefined) block.appId = appIdOf(Number(digits));
      break;
    }
    case 'sharedUser':
      block.sharedUser = /^SharedUserSetting\{\S+ (\S+)\/\d+\}$/.exec(value)?.[1] ?? null;
      break;
    case 'versionName':
      block.version = said(value);
      break;
    case 'codePath':
      block.path = said(value);
      break;
    case 'installerPackageName':
      block.installer = said(value);
      break;
    case 'firstInstallTime':
      block.firstInstall = said(value);
      break;
    case 'lastUpdateTime':
      block.lastUpdate = said(value);
      break;
    case 'flags':
    case 'pkgFlags':
      if (block.system !== true) block.system = /[[ ]SYSTEM[ \]]/.test(value);
      break;
  }
}

/** `User 0: ceDataInode=1 installed=true hidden=false … enabled=0 …`; null where it is no such line. */
export function userPart(text: string, at: Place): UserPart | null {
  const match = /^User (\d{1,6}):(.*)$/.exec(text);
  if (!match) return null;
  const rest = match[2]!;
  const installed = / installed=(true|false)\b/.exec(rest)?.[1];
  const enabled = / enabled=(\d)\b/.exec(rest)?.[1];
  return {
    id: Number(match[1]),
    at,
    installed: installed === undefined ? null : installed === 'true',
    // 0 leaves it to the app's own manifest, which the dump does not show.
    enabled: enabled === undefined || enabled === '0' ? null : enabled === '1',
    firstInstall: null,
    permissions: [],
  };
}

/** `android.permission.CAMERA: granted=true, flags=[ …]`, or the bare name of Android 5's list of granted ones. */
export function permission(text: string, bareIsGranted: boolean): Permission | null {
  const match = /^([\w.-]{1,300})(?:: granted=(true|false)\b.*)?$/.exec(text);
  if (!match) return null;
  if (match[2] === undefined) return bareIsGranted ? { name: match[1]!, granted: true } : null;
  return { name: match[1]!, granted: match[2] === 'true' };
}
