import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { OwnerFile, PhoneLook } from '../../../shared/types/device.ts';

type App = PhoneLook['apps'][number];

/** The kinds of files that an owner makes, with what each is good for. */
export const fileKinds: Readonly<Record<OwnerFile['kind'], { readonly title: string; readonly words: string }>> = {
  'intrusion log': {
    title: 'Intrusion logs',
    words: 'Exports of Android’s Intrusion Logging: names looked up and connections made, per app.',
  },
  capture: { title: 'Packet captures', words: 'Packets that a capture app on the phone recorded.' },
  'capture table': {
    title: 'Tables of captures',
    words: 'Connections as a capture app listed them: app, address, name, bytes.',
  },
  bugreport: { title: 'Bugreports', words: 'Reports that the phone made of itself earlier: its state at that time.' },
};

/** `2 of 7 chosen, 41.2 MB`; `at least` where the phone told no size for some. */
export function filesText(files: readonly OwnerFile[], chosen: ReadonlySet<string>): string {
  if (files.length === 0) return 'none found';
  const picked = files.filter((file) => chosen.has(file.path));
  if (picked.length === 0) return `${groupedNumber(files.length)} found, none chosen`;
  const known = picked.filter((file) => file.bytes !== null);
  const sum = humanBytes(known.reduce((bytes, file) => bytes + (file.bytes ?? 0), 0));
  const size = known.length === 0 ? '' : `, ${known.length < picked.length ? 'at least ' : ''}${sum}`;
  return `${picked.length} of ${groupedNumber(files.length)} chosen${size}`;
}

/** `3 of 214 chosen` */
export function appsText(apps: readonly App[], chosen: ReadonlySet<string>): string {
  if (apps.length === 0) return 'none listed';
  const picked = apps.filter((app) => chosen.has(app.package)).length;
  return picked === 0
    ? `${groupedNumber(apps.length)} listed, none chosen`
    : `${groupedNumber(picked)} of ${groupedNumber(apps.length)} chosen`;
}

/** Apps whose name or package holds the text, in any case; `own` leaves out those that came with the system. */
export function narrowApps(apps: readonly App[], text: string, own: boolean): App[] {
  const wanted = text.trim().toLowerCase();
  return apps.filter(
    (app) =>
      !(own && app.system) &&
      (app.package.toLowerCase().includes(wanted) || (app.name?.toLowerCase().includes(wanted) ?? false)),
  );
}

/** User-installed first, then by name as people read it. */
export function orderedApps(apps: readonly App[]): App[] {
  const title = (app: App) => app.name ?? app.package;
  return [...apps].sort((a, b) => Number(a.system) - Number(b.system) || title(a).localeCompare(title(b)));
}
