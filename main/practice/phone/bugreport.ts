import { netstatsText } from '../render/netstats-text.ts';
import { packageDump } from '../render/package-dump.ts';
import { fingerprintOf, getpropText } from '../render/props.ts';
import { localOf, localText } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { servicePart } from './dumpsys.ts';

export interface Bugreport {
  /** `bugreport-<product>-<build>-YYYY-MM-DD-HH-MM-SS` */
  readonly name: string;
  /** The main text, as a bugreport of that Android reads. UTF-8, `\n`. */
  readonly text: string;
  /** Members of the zip, in order. */
  readonly members: readonly { readonly name: string; readonly text: string }[];
}

const rule = '='.repeat(56);

function services(world: World): string {
  const order = ['netstats', 'package', 'user'];
  return order.map((name) => servicePart(world, name, world.nowUs, name === 'netstats' ? ['-a'] : [])).join('');
}

/** What dumpstate writes on that phone at the world's "now" (FORMATS 8): its netstats part holds only what was since boot, without uids. */
export function buildBugreport(world: World): Bugreport {
  const wallUs = world.wallUs(world.nowUs);
  const { zone } = world.home;
  const t = localOf(wallUs, zone);
  const stamp = `${t.year}-${t.month}-${t.day}-${t.hour}-${t.minute}-${t.second}`;
  const { model, sdk } = world;
  const name = `bugreport-${sdk >= 26 ? `${model.product}-` : ''}${model.buildId}-${stamp}`;
  const minutes = Math.floor((world.nowUs - world.bootUs) / 60_000_000);
  const days = Math.floor(minutes / 1440);
  const lines = [
    rule,
    `== dumpstate: ${localText(wallUs, zone)}`,
    rule,
    '',
    `Build: ${model.buildId}`,
    `Build fingerprint: '${fingerprintOf(world)}'`,
    'Bootloader: unknown',
    'Radio: unknown',
    `Network: ${world.home.operator}`,
  ];
  if (sdk >= 30) lines.push(`Android SDK version: ${sdk}`);
  lines.push('Kernel: Linux version 5.10.136-perf (builder@build) #1 SMP PREEMPT', 'Command line: (unknown)');
  lines.push(
    `Uptime: up ${Math.floor(days / 7)} weeks, ${days % 7} days, ${Math.floor((minutes % 1440) / 60)} hours, ${minutes % 60} minutes`,
  );
  lines.push(`Bugreport format version: ${sdk >= 28 ? '2.0' : '1.0'}`);
  lines.push(
    'Dumpstate info: id=1 pid=4321 dry_run=0 args=/system/bin/dumpstate -S -d -z extra_options= bugreport_mode=',
    '',
  );
  const title = (text: string): string => `------ ${text} ------\n`;
  const took = (text: string): string => title(`0.034s was the duration of '${text}'`);
  const log = `${t.month}-${t.day} ${t.hour}:${t.minute}:${t.second}.123  1000  1234  1234 I boot    : practice phone\n`;
  const text = [
    `${lines.join('\n')}\n`,
    title('UPTIME (uptime)'),
    ` ${t.hour}:${t.minute}:${t.second} up ${days} days,  0 users,  load average: 0.00, 0.00, 0.00\n`,
    title('SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v)'),
    `--------- beginning of main\n${log}`,
    took('SYSTEM LOG'),
    title('SYSTEM PROPERTIES (getprop)'),
    getpropText(world),
    took('SYSTEM PROPERTIES'),
    `${rule}\n== Android Framework Services\n${rule}\n`,
    title('DUMPSYS (/system/bin/dumpsys)'),
    services(world),
    took('DUMPSYS'),
    `${rule}\n== Checkins\n${rule}\n`,
    title('CHECKIN NETSTATS (/system/bin/dumpsys -T 30000 netstats --checkin)'),
    netstatsText(world, ['--checkin']),
    title('CHECKIN PACKAGE (/system/bin/dumpsys -T 30000 package --checkin)'),
    packageDump(world, ['--checkin']),
    took('CHECKIN PACKAGE'),
    `${rule}\n== dumpstate: done (id 1)\n${rule}\n`,
  ].join('');
  const members = [
    { name: `${name}.txt`, text },
    ...(sdk >= 24
      ? [
          { name: 'version.txt', text: sdk >= 28 ? '2.0' : '1.0' },
          { name: 'main_entry.txt', text: `${name}.txt` },
        ]
      : []),
    { name: 'dumpstate_log.txt', text: `${localText(wallUs, zone)} dumpstate: begin\n` },
    { name: 'FS/proc/version', text: 'Linux version 5.10.136-perf\n' },
  ];
  return { name, text, members };
}
