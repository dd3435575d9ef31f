import { splitsOf } from '../apk/apk-bytes.ts';
import { earlierSignerOf, javaHashOf, signerOf } from '../apk/signers.ts';
import type { PracticeApp } from '../world/apps.ts';
import { hashOf } from '../world/random.ts';
import { localText } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { packageCheckin } from './package-checkin.ts';
import { inPhoneOrder } from './package-list.ts';
import { fingerprintOf } from './props.ts';

/** The number that Java prints for an object. */
function mark(world: World, ...of: (string | number)[]): string {
  return (hashOf(world.options.seed, 'object', ...of) >>> 4).toString(16);
}

/** The number of the certificate that lies in the package, and of one before it. */
function signers(world: World, app: PracticeApp): { readonly now: string; readonly past: string } {
  const hash = (certificate: Uint8Array): string => javaHashOf(certificate).toString(16);
  const before = earlierSignerOf(app);
  // Androids that know no change of certificates go by the first.
  const signer = world.sdk < 28 && before ? before : signerOf(app, world.options.maker);
  return {
    now: hash(signer.certificate),
    past: before === null ? '' : `${hash(before.certificate)} flags: 17`,
  };
}

/** Times of the image are older than any clock; all others are what the phone's own clock showed. */
function timeText(world: World, us: number, image: boolean): string {
  return localText(image ? us : world.wallUs(us), world.home.zone);
}

function flagsOf(app: PracticeApp, updated: boolean): string {
  const words = [app.system ? 'SYSTEM' : '', 'HAS_CODE', 'ALLOW_CLEAR_USER_DATA', updated ? 'UPDATED_SYSTEM_APP' : ''];
  return `[ ${words.filter((word) => word !== '').join(' ')} ALLOW_BACKUP ]`;
}

function signatureText(world: World, app: PracticeApp): string {
  const object = mark(world, app.package, 'signatures');
  if (world.sdk < 24) return `PackageSignatures{${object} [${mark(world, app.package, 'sig')}]}`;
  const { now, past } = signers(world, app);
  if (world.sdk < 28) return `PackageSignatures{${object} [${now}]}`;
  return `PackageSignatures{${object} version:3, signatures:[${now}], past signatures:[${past}]}`;
}

function userLine(world: World, app: PracticeApp, user: number): string {
  const { sdk } = world;
  const inode = 1_000_000 + (hashOf(world.options.seed, 'inode', app.package, user) % 900_000);
  const installed = app.users.includes(user);
  const parts = [`installed=${installed}`, 'hidden=false'];
  if (sdk >= 24) parts.push('suspended=false');
  if (sdk >= 30) parts.push('distractionFlags=0');
  parts.push('stopped=false', `notLaunched=${!installed}`, `enabled=${app.enabled}`);
  if (sdk >= 26) parts.push('instant=false');
  if (sdk >= 28) parts.push('virtual=false');
  if (sdk >= 34) parts.push('quarantined=false');
  const start = sdk < 24 ? ' ' : sdk >= 34 ? `ceDataInode=${inode} deDataInode=${inode + 1} ` : `ceDataInode=${inode} `;
  return `    User ${user}: ${start}${parts.join(' ')}`;
}

function userBlock(world: World, app: PracticeApp, user: number): string[] {
  const { sdk } = world;
  const lines = [userLine(world, app, user)];
  if (sdk >= 31 && app.users.includes(user))
    lines.push(`      installReason=${app.system ? 0 : app.installer === null ? 0 : 4}`);
  if (sdk >= 33) lines.push(`      firstInstallTime=${timeText(world, app.firstInstallUs, app.system)}`);
  if (app.enabled === 3) lines.push('      lastDisabledCaller: com.android.settings');
  if (sdk < 23 || app.sharedUser !== null) return lines;
  if (app.permissions.length > 0) lines.push('      gids=[3003]');
  const runtime = app.permissions.filter((permission) => permission.runtime);
  if (runtime.length > 0) {
    lines.push('      runtime permissions:');
    const flags = sdk >= 29 ? 'USER_SENSITIVE_WHEN_GRANTED|USER_SENSITIVE_WHEN_DENIED' : 'USER_SET';
    for (const p of runtime)
      lines.push(`        ${p.name}: granted=${p.granted && app.users.includes(user)}, flags=[ ${flags}]`);
  }
  return lines;
}

function permissionBlock(world: World, app: PracticeApp): string[] {
  const lines: string[] = [];
  if (app.permissions.length === 0) return lines;
  if (world.sdk >= 23) lines.push('    requested permissions:', ...app.permissions.map((p) => `      ${p.name}`));
  if (app.sharedUser !== null) return lines;
  if (world.sdk < 23) lines.push('    grantedPermissions:', ...app.permissions.map((p) => `      ${p.name}`));
  else {
    const given = app.permissions.filter((p) => !p.runtime);
    lines.push('    install permissions:', ...given.map((p) => `      ${p.name}: granted=${p.granted}`));
  }
  return lines;
}

/** Who installed it. The line is absent without an installer until Android 13. */
function sourceBlock(world: World, app: PracticeApp): string[] {
  if (world.sdk < 34) return app.installer === null ? [] : [`    installerPackageName=${app.installer}`];
  const uid = world.apps.find((one) => one.package === app.installer)?.appId ?? -1;
  return [
    `    installerPackageName=${app.installer}`,
    `    installerPackageUid=${uid}`,
    `    initiatingPackageName=${app.installer}`,
    '    originatingPackageName=null',
    ...(app.installer === 'com.android.vending' && !app.system
      ? ['    updateOwnerPackageName=com.android.vending']
      : []),
    `    packageSource=${app.installer === null ? 0 : 2}`,
  ];
}

/** One `Package […]` block. `hidden`: the version of the image that a newer one under /data/app covers. */
function block(world: World, app: PracticeApp, hidden: boolean): string[] {
  const { sdk } = world;
  const path = hidden ? app.imagePath! : app.codePath;
  const version = hidden ? app.versionCode - (app.versionCode % 100) : app.versionCode;
  const lines = [`  Package [${app.package}] (${mark(world, app.package, 'setting', Number(hidden))}):`];
  lines.push(`    ${sdk >= 34 ? 'appId' : 'userId'}=${app.appId}${sdk === 21 ? ' gids=[3003]' : ''}`);
  if (app.sharedUser)
    lines.push(
      `    sharedUser=SharedUserSetting{${mark(world, app.sharedUser.name)} ${app.sharedUser.name}/${app.sharedUser.appId}}`,
    );
  lines.push(`    pkg=Package{${mark(world, app.package, 'pkg')} ${app.package}}`, `    codePath=${path}`);
  if (sdk < 34) lines.push(`    resourcePath=${path}`);
  lines.push(`    legacyNativeLibraryDir=${path}/lib`);
  if (sdk >= 30) lines.push('    extractNativeLibs=true');
  lines.push(`    primaryCpuAbi=${app.system ? 'null' : 'arm64-v8a'}`, '    secondaryCpuAbi=null');
  if (sdk >= 31) lines.push('    cpuAbiOverride=null');
  lines.push(`    versionCode=${version}${sdk >= 24 ? ` minSdk=${app.minSdk}` : ''} targetSdk=${app.targetSdk}`);
  lines.push(
    `    versionName=${hidden ? app.versionName.replace(/\d+$/, '0') : app.versionName}`,
    `    splits=[${['base', ...(hidden ? [] : splitsOf(app, sdk))].join(', ')}]`,
  );
  if (sdk >= 26) lines.push(`    apkSigningVersion=${sdk >= 28 ? 3 : 2}`);
  if (sdk <= 32) lines.push(`    applicationInfo=ApplicationInfo{${mark(world, app.package, 'info')} ${app.package}}`);
  lines.push(`    flags=${flagsOf(app, app.updatedSystem && !hidden)}`);
  if (sdk >= 23) lines.push(`    privateFlags=[${app.privileged ? ' PRIVILEGED' : ''} ]`);
  if (sdk >= 30) lines.push('    forceQueryable=false', '    queriesPackages=[]');
  lines.push(`    dataDir=${sdk >= 24 ? `/data/user/0/${app.package}` : `/data/data/${app.package}`}`);
  lines.push('    supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]');
  const image = app.system && (hidden || !app.updatedSystem);
  const updatedUs = hidden ? app.imageUs : app.lastUpdateUs;
  lines.push(`    timeStamp=${timeText(world, updatedUs, image)}`);
  if (sdk < 33) lines.push(`    firstInstallTime=${timeText(world, app.firstInstallUs, app.system)}`);
  lines.push(`    lastUpdateTime=${timeText(world, updatedUs, image)}`);
  if (!hidden) lines.push(...sourceBlock(world, app));
  lines.push(`    signatures=${signatureText(world, app)}`, `    installPermissionsFixed=${app.system}`);
  lines.push(`    pkgFlags=${flagsOf(app, app.updatedSystem && !hidden)}`);
  lines.push(...permissionBlock(world, app));
  for (const user of world.users) lines.push(...userBlock(world, app, user.id));
  return lines;
}

function sharedUsers(world: World): string[] {
  const byName = new Map<string, PracticeApp[]>();
  for (const app of world.apps)
    if (app.sharedUser) byName.set(app.sharedUser.name, [...(byName.get(app.sharedUser.name) ?? []), app]);
  const lines = ['Shared users:'];
  for (const [name, apps] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { appId } = apps[0]!;
    lines.push(
      `  SharedUser [${name}] (${mark(world, name)}):`,
      `    ${world.sdk >= 34 ? 'appId' : 'userId'}=${appId}`,
    );
    if (world.sdk >= 29)
      lines.push(
        '    Packages',
        ...apps.map((app) => `      PackageSetting{${mark(world, app.package, 'setting', 0)} ${app.package}/${appId}}`),
      );
    const given = [...new Set(apps.flatMap((app) => app.permissions.map((p) => p.name)))].sort();
    if (given.length === 0) continue;
    if (world.sdk < 23) lines.push('    grantedPermissions:', ...given.map((permission) => `      ${permission}`));
    else lines.push('    install permissions:', ...given.map((permission) => `      ${permission}: granted=true`));
  }
  return lines;
}

function packages(world: World, only: string | null): string[] {
  const apps = inPhoneOrder(world.apps).filter((app) => only === null || app.package === only);
  const lines: string[] = [];
  if (apps.length > 0) lines.push('Packages:', ...apps.flatMap((app) => block(world, app, false)));
  const hidden = apps.filter((app) => app.updatedSystem);
  if (hidden.length > 0) lines.push('', 'Hidden system packages:', ...hidden.flatMap((app) => block(world, app, true)));
  return lines;
}

/** What stands before the packages in a whole dump; short, and in the form of the real one. */
function preamble(world: World): string[] {
  const version = `    sdkVersion=${world.sdk} databaseVersion=3 `;
  const gms = world.apps.find((app) => app.package === 'com.google.android.gms');
  const lines = [
    'Database versions:',
    '  Internal:',
    version,
    `    fingerprint=${fingerprintOf(world)} `,
    '',
    'Verifiers:',
  ];
  lines.push(
    gms
      ? `  Required: com.android.vending (uid=${world.apps.find((a) => a.package === 'com.android.vending')?.appId ?? -1})`
      : '  Required: null (uid=-1)',
  );
  lines.push('', 'Libraries:', '  android.test.runner -> (jar) /system/framework/android.test.runner.jar', '');
  lines.push(
    'Features:',
    '  android.hardware.wifi',
    '  android.hardware.telephony',
    '',
    'Activity Resolver Table:',
    '  Non-Data Actions:',
  );
  lines.push('      android.intent.action.MAIN:');
  for (const app of world.apps.filter((one) => one.label !== null).slice(0, 12))
    lines.push(`        ${mark(world, app.package, 'activity')} ${app.package}/.MainActivity`);
  lines.push(
    '',
    'Permissions:',
    `  Permission [android.permission.INTERNET] (${mark(world, 'INTERNET')}):`,
    '    sourcePackage=android',
    '',
  );
  return lines;
}

/** `dumpsys package` and its parts: `packages`, `shared-users`, a package's name, or all (FORMATS 5.3). */
export function packageDump(world: World, args: readonly string[]): string {
  if (args.includes('--checkin')) return packageCheckin(world);
  const [what] = args.filter((arg) => !arg.startsWith('-'));
  const lines: string[] = [];
  if (what === 'packages' || what === 'p') lines.push(...packages(world, null));
  else if (what === 'shared-users' || what === 's') lines.push(...sharedUsers(world));
  else if (what !== undefined) {
    if (!world.apps.some((app) => app.package === what)) return `Unable to find package: ${what}\n`;
    lines.push(...packages(world, what));
  } else
    lines.push(
      ...preamble(world),
      ...packages(world, null),
      '',
      ...sharedUsers(world),
      '',
      'Package Changes:',
      '  Sequence number=12',
    );
  return `${lines.join('\n')}\n`;
}
