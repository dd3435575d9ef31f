import type { Maker } from '../options.ts';
import { aospApps, googleBase, googleMore } from './aosp.ts';
import { plainApps } from './plain.ts';
import { arabicApps, chineseApps, cyrillicApps, devanagariApps, latinApps } from './popular.ts';
import { samsungApps } from './samsung.ts';
import { xiaomiApps } from './xiaomi.ts';

export type Script = 'latin' | 'chinese' | 'devanagari' | 'arabic' | 'cyrillic';
/** What switching Xiaomi's cloud off does to a package: see cloud.ts. */
export type CloudRole = 'account' | 'cloud' | 'push' | 'messaging' | 'gallery';
export type Placement = 'framework' | 'app' | 'priv' | 'product' | 'data';

/** A package as the catalogues know it, before any phone carries it. */
export interface CatalogApp {
  readonly package: string;
  readonly label: string | null;
  readonly habit: string;
  readonly placement: Placement;
  readonly privileged: boolean;
  readonly shared: string | null;
  readonly role: CloudRole | null;
  readonly from: number;
  readonly to: number;
}

function read(text: string): CatalogApp[] {
  const apps: CatalogApp[] = [];
  for (const line of text.trim().split('\n')) {
    const [name, label, habit, marks = ''] = line.split(' | ').map((part) => part.trim());
    const words = marks.replace(/^\|/, '').trim().split(/\s+/);
    const value = (key: string): string | null =>
      words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? null;
    const placed = (['framework', 'data', 'product', 'priv'] as const).find((word) => words.includes(word));
    apps.push({
      package: name!,
      label: label === '-' ? null : label!,
      habit: habit!.replace(/ \|$/, ''),
      placement: placed ?? 'app',
      privileged: words.includes('priv'),
      shared: value('uid'),
      role: value('role') as CloudRole | null,
      from: Number(value('from') ?? 0),
      to: Number(value('to') ?? 999),
    });
  }
  return apps;
}

const own: Readonly<Record<Maker, string>> = {
  xiaomi: xiaomiApps,
  samsung: samsungApps,
  google: googleMore,
  plain: plainApps,
};

/** What stands on the image of a maker's phone with that SDK, without doubles. */
export function imageApps(maker: Maker, sdk: number): CatalogApp[] {
  const seen = new Set<string>();
  const few =
    maker === 'google'
      ? ''
      : googleMore
          .trim()
          .split('\n')
          .slice(0, maker === 'plain' ? 2 : 9)
          .join('\n');
  return [aospApps, own[maker], googleBase, few]
    .filter((text) => text !== '')
    .flatMap(read)
    .filter((app) => {
      if (seen.has(app.package) || app.from > sdk || app.to < sdk) return false;
      seen.add(app.package);
      return true;
    });
}

/** What people install, by the script of its label. */
export const storeApps: Readonly<Record<Script, readonly CatalogApp[]>> = {
  latin: read(latinApps),
  chinese: read(chineseApps),
  devanagari: read(devanagariApps),
  arabic: read(arabicApps),
  cyrillic: read(cyrillicApps),
};

/** Packages that carry others' traffic when they are switched on. */
export const vpnPackages: readonly string[] = [
  'com.wireguard.android',
  'org.torproject.android',
  'com.nordvpn.android',
];
