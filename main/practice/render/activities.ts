import type { PracticeApp } from '../world/apps.ts';
import { hashOf } from '../world/random.ts';
import type { World } from '../world/world.ts';
import { inPhoneOrder } from './package-list.ts';

const hex = (value: number): string => value.toString(16);

/** Number of a resource of the package: what a phone prints where the label stands in the resources. */
function resource(world: World, app: PracticeApp, name: string): number {
  return 0x7f00_0000 + (hashOf(world.options.seed, 'resource', app.package, name) % 0x14_ffff);
}

function labelLine(world: World, app: PracticeApp): string {
  const icon = hex(resource(world, app, 'icon'));
  const label = app.labelSaid
    ? `labelRes=0x0 nonLocalizedLabel=${app.label}`
    : `labelRes=0x${hex(resource(world, app, 'label'))} nonLocalizedLabel=null`;
  return `${label} icon=0x${icon} banner=0x0`;
}

/** ResolveInfo, ActivityInfo and ApplicationInfo as they dump themselves. */
function activity(world: World, app: PracticeApp, user: number, index: number): string[] {
  const main = `${app.package}.${app.system ? 'Main' : 'ui.Launch'}Activity`;
  const { sdk } = world;
  const data = `/data/user/${user}/${app.package}`;
  const out = [
    `  Activity #${index}:`,
    '    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false',
    '    ActivityInfo:',
    `      name=${main}`,
    `      packageName=${app.package}`,
    `      ${labelLine(world, app)}`,
    `      enabled=true exported=true directBootAware=false`,
    `      taskAffinity=${app.package} targetActivity=null persistableMode=PERSIST_ROOT_ONLY`,
    '      launchMode=2 flags=0x200 theme=0x7f140009',
    '      screenOrientation=-1 configChanges=0x4b3 softInputMode=0x0',
    '      resizeMode=RESIZE_MODE_RESIZEABLE',
    '      ApplicationInfo:',
    `        name=${app.package}.App`,
    `        packageName=${app.package}`,
    `        ${labelLine(world, app)}`,
    `        className=${app.package}.App`,
    `        processName=${app.package}`,
    `        taskAffinity=${app.package}`,
    `        uid=${user * 100_000 + app.appId} flags=0x${app.system ? '3048be45' : '3048be44'} privateFlags=0x40 theme=0x7f140009`,
    '        requiresSmallestWidthDp=0 compatibleWidthLimitDp=0 largestWidthLimitDp=0',
    `        sourceDir=${app.apkPath}`,
    '        seinfo=default',
    `        dataDir=${data}`,
    `        deviceProtectedDataDir=/data/user_de/${user}/${app.package}`,
    `        credentialProtectedDataDir=${data}`,
    `        enabled=true minSdkVersion=${app.minSdk} targetSdkVersion=${app.targetSdk} versionCode=${app.versionCode}`,
    '        supportsRtl=true',
  ];
  if (sdk >= 28) out.push('        HiddenApiEnforcementPolicy=2');
  return out;
}

/** `cmd package query-activities` for launcher icons, of one user. Disabled packages have none. */
export function queryActivities(world: World, user: number): string {
  const apps = inPhoneOrder(world.apps).filter(
    (app) => app.label !== null && app.enabled === 0 && app.users.includes(user),
  );
  if (apps.length === 0) return 'No activities found\n';
  const lines = [
    `${apps.length} activities found:`,
    ...apps.flatMap((app, index) => activity(world, app, user, index)),
  ];
  return `${lines.join('\n')}\n`;
}
