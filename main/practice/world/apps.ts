import { type CatalogApp, type CloudRole, imageApps, type Script, storeApps, vpnPackages } from './catalog/catalog.ts';
import { bornUs, type Maker } from './options.ts';
import { type PracticePermission, permissionsOf } from './permissions.ts';
import { diceOf, folderOf, hashOf, shuffled } from './random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from './time.ts';

/** A package on the practice phone, as it stands at the world's "now". Times are true time, microseconds of UTC. */
export interface PracticeApp {
  readonly package: string;
  /** What its launcher icon says; null: it has no icon. */
  readonly label: string | null;
  /** Whether the phone itself can say the label (it stands in the manifest) or only a resource number. */
  readonly labelSaid: boolean;
  readonly script: Script;
  readonly appId: number;
  readonly sharedUser: { readonly name: string; readonly appId: number } | null;
  readonly system: boolean;
  readonly privileged: boolean;
  /** A preinstalled package whose newer version lies under /data/app. */
  readonly updatedSystem: boolean;
  /** Where the code of the image lies, for system packages. */
  readonly imagePath: string | null;
  /** Folder of the code in use. */
  readonly codePath: string;
  readonly apkPath: string;
  readonly versionCode: number;
  readonly versionName: string;
  readonly minSdk: number;
  readonly targetSdk: number;
  readonly imageUs: number;
  readonly firstInstallUs: number;
  readonly lastUpdateUs: number;
  readonly installer: string | null;
  /** Users for whom it is installed, in rising order. */
  readonly users: readonly number[];
  /** PackageManager's number: 0 default, 2 disabled, 3 disabled by the user. */
  readonly enabled: number;
  readonly habit: string;
  readonly role: CloudRole | null;
  readonly permissions: readonly PracticePermission[];
}

/** An app that came and went. `removedUs` null: it is still there. */
export interface Visitor {
  readonly app: PracticeApp;
  readonly installedUs: number;
  readonly removedUs: number | null;
}

const sharedUsers: Readonly<Record<string, { name: string; appId: number | null }>> = {
  system: { name: 'android.uid.system', appId: 1000 },
  phone: { name: 'android.uid.phone', appId: 1001 },
  bluetooth: { name: 'android.uid.bluetooth', appId: 1002 },
  nfc: { name: 'android.uid.nfc', appId: 1027 },
  secureelement: { name: 'android.uid.se', appId: 1068 },
  networkstack: { name: 'android.uid.networkstack', appId: 1073 },
  shell: { name: 'android.uid.shell', appId: 2000 },
  systemui: { name: 'android.uid.systemui', appId: null },
  media: { name: 'android.media', appId: null },
  contacts: { name: 'android.uid.shared', appId: null },
  gms: { name: 'com.google.uid.shared', appId: null },
};

export interface AppsQuestion {
  readonly seed: number;
  readonly maker: Maker;
  readonly sdk: number;
  readonly setupUs: number;
  readonly nowUs: number;
  readonly packages: number | undefined;
  readonly script: Script;
  readonly secondUser: number | null;
  readonly vpn: boolean;
  readonly visitors: boolean;
}

const scripts: readonly Script[] = ['latin', 'chinese', 'devanagari', 'arabic', 'cyrillic'];

/** Chooses what the owner installed: something in every script, most of it in the owner's own. */
function chosen(q: AppsQuestion, room: number): { app: CatalogApp; script: Script }[] {
  const out: { app: CatalogApp; script: Script }[] = [];
  const rest: { app: CatalogApp; script: Script }[] = [];
  for (const script of scripts) {
    const list = shuffled(storeApps[script], q.seed, 'store', script).map((app) => ({ app, script }));
    const share = script === q.script ? Math.ceil(room * 0.35) : script === 'latin' ? Math.ceil(room * 0.3) : 2;
    out.push(...list.slice(0, Math.max(2, share)));
    rest.push(...list.slice(Math.max(2, share)));
  }
  out.push(...shuffled(rest, q.seed, 'more').slice(0, Math.max(0, room - out.length)));
  const vpnName = vpnPackages[hashOf(q.seed, 'vpn app') % vpnPackages.length]!;
  const others = out.filter((one) => !vpnPackages.includes(one.app.package));
  const vpn = storeApps.latin.find((app) => app.package === vpnName)!;
  return shuffled(q.vpn ? [{ app: vpn, script: 'latin' as const }, ...others] : others, q.seed, 'order');
}

function capital(name: string): string {
  const parts = name.split('.').filter((part) => !['com', 'android', 'google', 'apps', 'app'].includes(part));
  return (parts.length > 0 ? parts : [name]).map((part) => part[0]!.toUpperCase() + part.slice(1)).join('');
}

function imageFolder(app: CatalogApp, sdk: number): string {
  if (app.placement === 'framework') return '/system/framework';
  const name = capital(app.package);
  if (app.placement === 'data') return sdk >= 29 ? `/product/data-app/${name}` : `/system/data-app/${name}`;
  if (app.placement === 'product' && sdk >= 29) return `/product/${app.privileged ? 'priv-app' : 'app'}/${name}`;
  return `/system/${app.privileged ? 'priv-app' : 'app'}/${name}`;
}

function dataFolder(q: AppsQuestion, name: string, update: number): string {
  if (q.sdk >= 30)
    return `/data/app/~~${folderOf(q.seed, 'outer', name, update)}/${name}-${folderOf(q.seed, 'inner', name, update)}`;
  if (q.sdk >= 26) return `/data/app/${name}-${folderOf(q.seed, 'inner', name, update)}`;
  return `/data/app/${name}-${1 + (update % 2)}`;
}

/** Builds one package: everything about it follows from the seed, its name and how many updates there were until now. */
function build(
  q: AppsQuestion,
  from: CatalogApp,
  script: Script,
  ids: { appId: number; sharedUser: PracticeApp['sharedUser'] },
  image: boolean,
  installedUs: number,
): PracticeApp {
  const dice = diceOf(q.seed, 'package', from.package);
  const imageUs = Date.UTC(2009, 0, 1) * 1000;
  const everyUs = dice.whole(13, 45) * DAY_US;
  const phaseUs = Math.floor(dice.next() * everyUs);
  const updates = !image || (from.label !== null && from.placement !== 'app' && dice.chance(0.6));
  const beginUs = image ? q.setupUs : installedUs;
  const round = updates ? Math.floor((q.nowUs - phaseUs) / everyUs) : 0;
  const roundUs = round * everyUs + phaseUs;
  const updated = updates && roundUs > beginUs;
  const number = updated ? Math.max(1, round - Math.floor((beginUs - phaseUs) / everyUs)) : 0;
  const major = dice.whole(1, 30);
  const minor = dice.whole(0, 20);
  const said = script !== 'latin' || dice.chance(0.5);
  const imagePath = image ? imageFolder(from, q.sdk) : null;
  const codePath = !image || updated ? dataFolder(q, from.package, number) : imagePath!;
  const data = codePath.startsWith('/data/app/');
  const framework = from.placement === 'framework';
  const target = Math.min(q.sdk, image ? q.sdk : dice.whole(Math.max(q.sdk - 2, 19), q.sdk));
  const store = q.maker === 'xiaomi' && script === 'chinese' ? 'com.xiaomi.mipicks' : 'com.android.vending';
  const sideloaded = !image && dice.chance(0.12);
  const inSecond =
    q.secondUser !== null &&
    (image ? from.label === null || dice.chance(0.35) : from.label !== null && dice.chance(0.12));
  return {
    package: from.package,
    label: from.label,
    labelSaid: from.label !== null && said,
    script,
    appId: ids.appId,
    sharedUser: ids.sharedUser,
    system: image && from.placement !== 'data',
    privileged: from.privileged || ids.appId < 10_000,
    updatedSystem: image && from.placement !== 'data' && updated,
    imagePath,
    codePath: framework ? '/system/framework/framework-res.apk' : codePath,
    apkPath: framework
      ? '/system/framework/framework-res.apk'
      : data
        ? `${codePath}/base.apk`
        : `${codePath}/${codePath.slice(codePath.lastIndexOf('/') + 1)}.apk`,
    versionCode: from.placement === 'framework' ? q.sdk : major * 10_000 + minor * 100 + number,
    versionName: from.placement === 'framework' ? String(q.sdk - 19) : `${major}.${minor}.${number}`,
    minSdk: Math.min(q.sdk, dice.whole(16, 24)),
    targetSdk: target,
    imageUs,
    firstInstallUs: image && from.placement !== 'data' ? imageUs : installedUs,
    lastUpdateUs: updated ? roundUs : image && from.placement !== 'data' ? imageUs : installedUs,
    installer: image ? (updated ? 'com.android.vending' : null) : sideloaded ? null : store,
    users: inSecond ? [0, q.secondUser!] : [0],
    enabled: image && from.label !== null && from.shared === null && from.role === null && dice.chance(0.03) ? 3 : 0,
    habit: from.habit,
    role: from.role,
    permissions: permissionsOf(from, dice, q.sdk),
  };
}

/** When the owner installed the n-th app: most on the first evening, the others over two years. */
function installedUs(q: AppsQuestion, name: string, index: number): number {
  const dice = diceOf(q.seed, 'install', name);
  if (dice.chance(0.6)) return q.setupUs + 40 * MINUTE_US + index * 47 * SECOND_US;
  return q.setupUs + DAY_US + Math.floor(dice.next() ** 2 * 700 * DAY_US);
}

/** All packages of the phone at "now", and those that came and went. */
export function appsOf(q: AppsQuestion): { apps: PracticeApp[]; visitors: Visitor[]; vpnApp: PracticeApp | null } {
  const image = imageApps(q.maker, q.sdk);
  const dice = diceOf(q.seed, 'how many');
  const room = Math.min(85, 250 - image.length);
  const wanted = q.packages === undefined ? dice.whole(14, room) : q.packages - image.length;
  const third = chosen(q, Math.max(10, Math.min(wanted, room + 60)));
  const ids = new Map<string, number>();
  let next = 10_000;
  for (const app of shuffled(image, q.seed, 'uids')) {
    const key = app.shared ?? app.package;
    if (!ids.has(key)) ids.set(key, (app.shared !== null ? sharedUsers[app.shared]!.appId : null) ?? next++);
  }
  const apps = image.map((app) => {
    const shared = app.shared === null ? null : sharedUsers[app.shared]!;
    const appId = ids.get(app.shared ?? app.package)!;
    const bootedUs = q.setupUs - 3 * MINUTE_US;
    return build(q, app, 'latin', { appId, sharedUser: shared && { name: shared.name, appId } }, true, bootedUs);
  });
  const taken = new Set(image.map((app) => app.package));
  third.forEach(({ app, script }, index) => {
    const appId = next + index;
    const atUs = vpnPackages.includes(app.package) ? q.setupUs + HOUR_US : installedUs(q, app.package, index);
    if (taken.has(app.package)) return;
    taken.add(app.package);
    if (atUs <= q.nowUs) apps.push(build(q, app, script, { appId, sharedUser: null }, false, atUs));
  });
  const visitors = q.visitors ? visitorsOf(q, taken) : [];
  for (const visitor of visitors) if (visitor.removedUs === null) apps.push(visitor.app);
  const vpnApp = q.vpn ? (apps.find((app) => vpnPackages.includes(app.package)) ?? null) : null;
  return { apps, visitors, vpnApp };
}

/** Every 24 days someone tries an app and removes it again. Looks back as far as any history can reach. */
function visitorsOf(q: AppsQuestion, taken: ReadonlySet<string>): Visitor[] {
  const every = 24 * DAY_US;
  const phase = hashOf(q.seed, 'visits') % 24;
  const pool = scripts.flatMap((script) =>
    storeApps[script]
      .filter((app) => !taken.has(app.package) && !vpnPackages.includes(app.package) && app.habit !== 'silent')
      .map((app) => ({ app, script })),
  );
  const last = Math.floor((q.nowUs - phase * DAY_US) / every);
  const out: Visitor[] = [];
  for (let n = last - 6; n <= last; n++) {
    const dice = diceOf(q.seed, 'visit', n);
    const cameUs = n * every + phase * DAY_US + dice.whole(24, 120) * HOUR_US + dice.whole(0, 3599) * SECOND_US;
    const wentUs = cameUs + dice.whole(80, 260) * HOUR_US + dice.whole(0, 3599) * SECOND_US;
    if (cameUs > q.nowUs || cameUs < q.setupUs + DAY_US || pool.length === 0) continue;
    const { app, script } = pool[hashOf(q.seed, 'visitor', n) % pool.length]!;
    const appId = 10_420 + (((n % 300) + 300) % 300);
    const built = build(q, { ...app, habit: 'medium' }, script, { appId, sharedUser: null }, false, cameUs);
    out.push({
      app: { ...built, users: [0], updatedSystem: false },
      installedUs: cameUs,
      removedUs: wentUs <= q.nowUs ? wentUs : null,
    });
  }
  return out;
}

/** The evening on which the owner first switched the phone on; the same for every "now" of one year. */
export function setupOf(seed: number, sdk: number, nowUs: number): number {
  const dice = diceOf(seed, 'setup');
  const setupUs =
    bornUs(sdk) + dice.whole(20, 80) * DAY_US + dice.whole(15, 20) * HOUR_US + dice.whole(0, 59) * MINUTE_US;
  if (setupUs <= nowUs - 100 * DAY_US) return setupUs;
  return Date.UTC(new Date(nowUs / 1000).getUTCFullYear() - 1, 3, dice.whole(1, 28), dice.whole(15, 20)) * 1000;
}
