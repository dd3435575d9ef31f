import { hashOf, hexOf } from '../world/random.ts';
import type { World } from '../world/world.ts';

/** First day of the month before the last update of the build, as patches are named. */
function patchOf(world: World): string {
  const at = new Date(Math.max(world.setupUs, Math.min(world.nowUs, world.setupUs + 400 * 86_400e6)) / 1000);
  return `${at.getUTCFullYear()}-${String(at.getUTCMonth() + 1).padStart(2, '0')}-01`;
}

function incrementalOf(world: World): string {
  const { seed, maker } = world.options;
  const n = (name: string, size: number): number => hashOf(seed, name) % size;
  if (maker === 'xiaomi') {
    if (world.sdk >= 34) return `OS${world.sdk - 33}.0.${1 + n('inc', 9)}.0.${world.model.buildId.slice(0, 1)}NAMIXM`;
    return `V${Math.max(6, world.sdk - 19)}.${1 + n('inc', 3)}.${1 + n('inc2', 9)}.0.${world.model.buildId.slice(0, 1)}GGMIXM`;
  }
  if (maker === 'samsung')
    return `${world.model.model.slice(3)}XXU${1 + n('inc', 8)}${hexOf(4, seed, 'inc').toUpperCase()}`;
  return String(4_000_000 + n('inc', 8_000_000));
}

/** `google/panther/panther:14/UQ1A…/1234:user/release-keys` */
export function fingerprintOf(world: World): string {
  const { brand, product, device, buildId } = world.model;
  return `${brand}/${product}/${device}:${world.release}/${buildId}/${incrementalOf(world)}:user/release-keys`;
}

function makersOwn(world: World): Record<string, string> {
  const { model, sdk } = world;
  const region = world.home.country.toUpperCase();
  switch (world.options.maker) {
    case 'xiaomi':
      return {
        'ro.miui.ui.version.name': sdk >= 34 ? 'V816' : `V${Math.max(60, (sdk - 18) * 10)}`,
        'ro.miui.ui.version.code': sdk >= 34 ? '816' : String(Math.max(4, sdk - 20)),
        'ro.miui.region': region,
        'ro.product.marketname': model.marketName,
        ...(sdk >= 34 && {
          'ro.mi.os.version.name': `OS${sdk - 33}.0`,
          'ro.mi.os.version.code': String(sdk - 33),
          'ro.mi.os.version.incremental': incrementalOf(world),
        }),
      };
    case 'samsung':
      return {
        'ro.csc.sales_code': 'EUX',
        'ro.csc.country_code': region,
        ...(sdk >= 28 && {
          'ro.build.version.oneui': String((sdk - 27) * 10_000 + 100),
          'ro.build.version.sep': String((sdk - 18) * 10_000),
        }),
      };
    default:
      return {};
  }
}

/**
 * All system properties by name, sorted. `ro.phonehome.practice` is there so that nobody takes this phone for a real one.
 */
export function propsOf(world: World): Map<string, string> {
  const { model, sdk, home, options } = world;
  const roaming = world.life.networkAt(world.polledUs)?.roaming ?? false;
  const network = roaming ? home.abroad : home;
  const trip = world.life.day(world.life.dayOf(world.nowUs)).trip === 'abroad' ? home.abroad : network;
  const built = Math.floor(world.setupUs / 1_000_000) - 40 * 86_400;
  const forDevelopers = world.root === 'adbd' || world.root === 'eng';
  const all: Record<string, string> = {
    'dalvik.vm.heapsize': '512m',
    'dev.bootcomplete': '1',
    'gsm.network.type': sdk >= 30 ? 'NR,Unknown' : 'LTE',
    'gsm.operator.alpha': trip.operator,
    'gsm.operator.iso-country': trip.country,
    'gsm.operator.isroaming': String(trip !== home),
    'gsm.operator.numeric': trip.plmn,
    'gsm.sim.operator.alpha': home.operator,
    'gsm.sim.operator.iso-country': home.country,
    'gsm.sim.operator.numeric': home.plmn,
    'gsm.sim.state': sdk >= 26 ? 'LOADED,ABSENT' : 'READY',
    'init.svc.adbd': 'running',
    'net.bt.name': 'Android',
    'persist.sys.locale': home.locale,
    'persist.sys.timezone': home.zone,
    'persist.sys.usb.config': 'adb',
    'ro.adb.secure': '1',
    'ro.board.platform': model.board,
    'ro.boot.hardware': model.board,
    'ro.boot.serialno': world.serial,
    'ro.boot.verifiedbootstate': world.root !== null ? 'orange' : 'green',
    'ro.bootloader': 'unknown',
    'ro.build.characteristics': options.maker === 'samsung' ? 'phone' : 'nosdcard',
    'ro.build.date': new Date(built * 1000).toUTCString(),
    'ro.build.date.utc': String(built),
    'ro.build.description': `${model.product}-user ${world.release} ${model.buildId} ${incrementalOf(world)} release-keys`,
    'ro.build.display.id': model.buildId,
    'ro.build.fingerprint': fingerprintOf(world),
    'ro.build.id': model.buildId,
    'ro.build.tags': 'release-keys',
    'ro.build.type': forDevelopers ? 'userdebug' : 'user',
    'ro.build.version.codename': 'REL',
    'ro.build.version.incremental': incrementalOf(world),
    'ro.build.version.release': world.release,
    'ro.build.version.sdk': String(sdk),
    'ro.crypto.state': 'encrypted',
    'ro.debuggable': forDevelopers ? '1' : '0',
    'ro.hardware': model.board,
    'ro.phonehome.practice': '1',
    'ro.product.board': model.board,
    'ro.product.brand': model.brand,
    'ro.product.cpu.abi': 'arm64-v8a',
    'ro.product.device': model.device,
    'ro.product.locale': home.locale,
    'ro.product.manufacturer': model.manufacturer,
    'ro.product.model': model.model,
    'ro.product.name': model.product,
    'ro.secure': '1',
    'ro.serialno': world.serial,
    'sys.boot_completed': '1',
    'sys.usb.state': 'adb',
    ...(sdk >= 23 && { 'ro.build.version.security_patch': patchOf(world) }),
    ...(sdk >= 30 && { 'ro.build.version.release_or_codename': world.release }),
    ...(sdk >= 26 && {
      'ro.vendor.build.security_patch': patchOf(world),
      'ro.vendor.build.fingerprint': fingerprintOf(world),
    }),
    ...(sdk >= 24 && { 'ro.boottime.init': String(400 + (hashOf(options.seed, 'boot time') % 900)) }),
    ...makersOwn(world),
  };
  return new Map(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `getprop` without a name: `[key]: [value]`. */
export function getpropText(world: World): string {
  return [...propsOf(world)].map(([key, value]) => `[${key}]: [${value}]\n`).join('');
}
