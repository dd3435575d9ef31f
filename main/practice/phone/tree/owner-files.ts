import { intrusionDayNames, intrusionLogs } from '../../render/intrusion-log.ts';
import { pcapHeader, pcapRecord } from '../../render/pcap-bytes.ts';
import { pcapdroidCapture, pcapdroidName, pcapdroidTable } from '../../render/pcapdroid.ts';
import { zipBomb, zipOf } from '../../render/zip-bytes.ts';
import { CAPTURED_US } from '../../world/captured.ts';
import { hashOf } from '../../world/random.ts';
import { DAY_US, HOUR_US, localOf, MINUTE_US } from '../../world/time.ts';
import { createWorld, type World } from '../../world/world.ts';
import { buildBugreport } from '../bugreport.ts';
import { bugreportFolder } from '../files.ts';
import { type FileTree, type Leaf, once } from './file-tree.ts';

/** What else shall lie among the owner's files. */
export interface OwnerFiles {
  /** Names that were chosen to break what reads them, claims of places outside, archives that unpack to gigabytes, files that are not what they seem. */
  readonly hostile?: boolean;
  /** A capture of so many megabytes, `/sdcard/Download/PCAPdroid/long.pcap`; it is never held whole. */
  readonly longMegabytes?: number;
}

const encoder = new TextEncoder();
const downloads = '/sdcard/Download';

/** Bytes that look like a photo to no one, but are as long as one and the same each time. */
function photo(world: World): Uint8Array {
  const out = new Uint8Array(120_000);
  for (let i = 0; i < out.length; i += 4) {
    const value = hashOf(world.options.seed, i);
    for (let n = 0; n < 4; n += 1) out[i + n] = value >>> (8 * n);
  }
  out.set([0xff, 0xd8, 0xff, 0xe0]);
  return out;
}

/** A file of that many megabytes, in pieces that are made as they are asked for: a capture of one packet over and over. */
function longCapture(megabytes: number): Leaf['long'] {
  const record = pcapRecord(1_700_000_000_000_000, Buffer.alloc(1400, 0x45));
  const count = Math.ceil((megabytes * 1_000_000) / record.length);
  const piece = Buffer.concat(Array.from({ length: 128 }, () => record));
  const size = 24 + count * record.length;
  async function* stream(): AsyncIterable<Uint8Array> {
    yield pcapHeader(1);
    for (let left = count * record.length; left > 0; left -= piece.length)
      yield left >= piece.length ? piece : piece.subarray(0, left);
  }
  return { size, stream };
}

/** When the owner made a bugreport or a capture: some days ago, at an hour of the day when the phone was on. */
function madeUs(world: World, name: string, days: number): number {
  const hour = 9 + (hashOf(world.options.seed, 'made', name) % 11);
  const { life } = world;
  let day = life.dayOf(world.nowUs) - days;
  for (let tries = 0; tries < 5; tries += 1, day -= 1) {
    const us = life.day(day).startUs + hour * HOUR_US + (hashOf(world.options.seed, name, day) % 3000) * 1_000_000;
    if (!life.isOff(us) && !life.isOff(us + 10 * MINUTE_US)) return us;
  }
  return life.day(day).startUs + 12 * HOUR_US;
}

interface OwnFile {
  readonly path: string;
  readonly us: number;
  readonly bytes: () => Uint8Array;
  readonly long?: Leaf['long'];
  readonly shell?: boolean;
}

function bugreports(world: World): OwnFile[] {
  const at = (us: number): { name: string; bytes: () => Uint8Array } => {
    const { model, sdk, home } = world;
    const t = localOf(world.wallUs(us), home.zone);
    const stamp = `${t.year}-${t.month}-${t.day}-${t.hour}-${t.minute}-${t.second}`;
    return {
      name: `bugreport-${sdk >= 26 ? `${model.product}-` : ''}${model.buildId}-${stamp}.zip`,
      // The same phone at that time: its past is the one that it has today.
      bytes: once(() => {
        const then = createWorld({ ...world.options, sdk: world.sdk, nowUs: us, days: 2 });
        return zipOf(buildBugreport(then).members.map(({ name, text }) => ({ name, bytes: encoder.encode(text) })));
      }),
    };
  };
  const [shared, kept] = [madeUs(world, 'shared report', 3), madeUs(world, 'report', 8)];
  const [one, other] = [at(shared), at(kept)];
  return [
    { path: `${downloads}/${one.name}`, us: shared, bytes: one.bytes },
    { path: `${bugreportFolder}/${other.name}`, us: kept, bytes: other.bytes, shell: true },
  ];
}

function capture(world: World, fromUs: number): OwnFile[] {
  const toUs = fromUs + CAPTURED_US;
  const name = `${downloads}/PCAPdroid/${pcapdroidName(world, fromUs)}`;
  return [
    { path: `${name}.pcap`, us: toUs, bytes: once(() => pcapdroidCapture(world, fromUs, toUs)) },
    { path: `${name}.csv`, us: toUs, bytes: once(() => encoder.encode(pcapdroidTable(world, fromUs, toUs))) },
  ];
}

/** What a person would lay there who wants to harm who looks. */
function hostileFiles(world: World): OwnFile[] {
  const us = world.polledUs;
  const text = (words: string) => (): Uint8Array => encoder.encode(words);
  const here = (name: string, bytes: () => Uint8Array): OwnFile => ({ path: `${downloads}/${name}`, us, bytes });
  const bomb = once(() => zipBomb((index) => `FS/data/${index}.txt`, 3));
  const outside = once(() =>
    zipOf([
      { name: '../../../../../../../../tmp/outside.txt', bytes: encoder.encode('outside\n') },
      { name: '/etc/outside.txt', bytes: encoder.encode('outside\n') },
      { name: 'version.txt', bytes: encoder.encode('2.0') },
    ]),
  );
  return [
    here('PCAPdroid/two\nlines.pcap', text('not a capture\n')),
    here('PCAPdroid/-rf.pcap', text('not a capture\n')),
    here('PCAPdroid/$(reboot);`reboot`.csv', text('IPProto,SrcIP\n')),
    here("PCAPdroid/it's “quoted”.csv", text('IPProto,SrcIP\n')),
    here('PCAPdroid/\u001b[2J\u202epcap.exe.pcap', text('not a capture\n')),
    here(`PCAPdroid/${'L'.repeat(250)}.pcap`, text('')),
    here('PCAPdroid/cut.pcap', () => pcapHeader(1).subarray(0, 17)),
    here('Intrusion Logging/2026-01-01.txt', text('{"dns_event":{"event_id":0,\n\u0000\u0001[[[[\n')),
    here('bugreport-bomb-2026-01-01-00-00-00.zip', bomb),
    here('bugreport-outside-2026-01-01-00-00-00.zip', outside),
    here('bugreport-none-2026-01-01-00-00-00.zip', text('<script>alert(1)</script>\n')),
  ];
}

/** The owner's own files, as a part of the tree; what is in them is made when it is asked for, and once. */
export function ownerFiles(world: World, wanted: OwnerFiles): (tree: FileTree) => void {
  const files: OwnFile[] = [
    {
      path: `${downloads}/notes.txt`,
      us: world.polledUs - 30 * DAY_US,
      bytes: () => encoder.encode('Milk, bread, समोसा, 茶\n'),
    },
    { path: '/sdcard/DCIM/Camera/IMG_0001.jpg', us: world.polledUs - 12 * DAY_US, bytes: once(() => photo(world)) },
  ];
  for (const us of world.captured ?? []) files.push(...capture(world, us));
  if (world.owns.captures) files.push(...capture(world, madeUs(world, 'capture', 2)));
  if (world.owns.oldBugreports) files.push(...bugreports(world));
  if (world.owns.intrusionLog) {
    let logs: Map<string, string> | null = null;
    const textOf = (name: string): string => {
      logs ??= intrusionLogs(world);
      return logs.get(name) ?? '';
    };
    for (const { name, endUs } of intrusionDayNames(world)) {
      const bytes = once(() => encoder.encode(textOf(name)));
      files.push({ path: `${downloads}/Intrusion Logging/${name}`, us: endUs, bytes });
    }
  }
  if (wanted.hostile) files.push(...hostileFiles(world));
  if (wanted.longMegabytes !== undefined)
    files.push({
      path: `${downloads}/PCAPdroid/long.pcap`,
      us: world.polledUs,
      bytes: () => new Uint8Array(),
      long: longCapture(wanted.longMegabytes),
    });
  // Up to Android 10 the shared storage belongs to no app, since then to the one that wrote it (sdcardfs and FUSE).
  const own =
    world.sdk <= 29
      ? { owner: 'root', group: 'sdcard_rw' }
      : { owner: `u0_a${60 + (world.options.seed % 90)}`, group: 'media_rw' };
  return (tree) => {
    const newest = Math.floor(world.wallUs(world.polledUs) / 1_000_000);
    for (const folder of [
      '/sdcard',
      downloads,
      '/sdcard/DCIM',
      '/sdcard/DCIM/Camera',
      `${downloads}/PCAPdroid`,
      `${downloads}/Intrusion Logging`,
    ])
      if (folder.split('/').length < 4 || files.some(({ path }) => path.startsWith(`${folder}/`)))
        tree.add(folder, { kind: 'folder', bits: 0o770, ...own, mtime: newest });
    tree.add(bugreportFolder, { kind: 'folder', bits: 0o771, owner: 'shell', group: 'shell', mtime: newest });
    for (const { path, us, bytes, long, shell } of files) {
      const who = shell ? { owner: 'shell', group: 'shell', bits: 0o600 } : { ...own, bits: 0o660 };
      const mtime = Math.floor(world.wallUs(us) / 1_000_000);
      tree.add(path, { kind: 'file', ...who, mtime, bytes, ...(long && { long }) });
    }
    if (!wanted.hostile) return;
    const claimed: Leaf = {
      kind: 'file',
      bits: 0o660,
      ...own,
      mtime: newest,
      bytes: () => encoder.encode('outside\n'),
    };
    tree.claim(`${downloads}/PCAPdroid`, '../../../../../../tmp/outside.pcap', claimed);
    tree.add('/tmp/outside.pcap', claimed);
  };
}
