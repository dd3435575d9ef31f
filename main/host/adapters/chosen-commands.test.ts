import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhoneChoice } from '../../engine/ports/device-bridge.ts';
import { refusalOf } from './command-guard.ts';
import { splitCommandLine } from './shell-words.ts';
import { changing } from './testing/command-samples.ts';

const history = '/data/misc/apexdata/com.android.tethering/netstats/uid.1700000000000-';
const all: readonly PhoneChoice[] = ['root', 'files', 'apks'];

const read: readonly (readonly [PhoneChoice, string])[] = [
  ['root', 'su -c id'],
  ['root', 'su 0 id'],
  ['root', `cat ${history}`],
  ['root', `su -c 'cat ${history}'`],
  ['root', `su 0 cat ${history}`],
  ['root', "su -c 'cat /data/system/netstats/uid_tag.1-2.backup'"],
  ['root', "su -c 'cat /data/system_ce/10/usagestats/daily/1700000000000'"],
  ['root', "su -c 'cat /data/system/usagestats/0/version'"],
  ['root', "su -c 'find /data/system/netstats -type f -print0'"],
  ['root', "su -c 'ls -l /data/system/netstats'"],
  ['root', 'ls -l /data/system/netstats'],
  ['root', `su -c "stat -c '%s %Y %n' ${history} ${history}"`],
  ['root', `su -c 'stat -c '"'"'%s %Y %n'"'"' ${history}'`],
  ['root', `su 0 stat -c '%s %Y %n' ${history}`],
  ['root', "su -c 'dumpsys -t 15 dnsresolver querylog'"],
  ['root', "su -c 'dumpsys dnsresolver'"],
  ['root', 'tcpdump -i any -n -s 0 -U -w -'],
  ['root', 'tcpdump -i any -n -s 0 -U -w - not tcp port 5555'],
  ['root', "su -c 'tcpdump -i any -n -s 0 -U -w - not tcp port 5555'"],
  ['root', "su -c 'tcpdump -i any -n -s 0 -U -w - 2>/dev/null'"],
  ['files', "cat '/sdcard/Download/Intrusion Logging/log 1.ndjson'"],
  ['files', 'cat /sdcard/Download/PCAPdroid/a/b.pcap'],
  ['files', "cat '/storage/emulated/0/Download/PCAPdroid/$(reboot).pcap'"],
  ['files', `cat '/sdcard/Download/PCAPdroid/it'"'"'s \`here\`; reboot.pcap'`],
  ['files', 'cat /sdcard/Download/bugreport-panther-1.zip'],
  ['files', 'cat /bugreports/bugreport-panther-1.txt'],
  ['files', "find '/sdcard/Download/Intrusion Logging' -type f -print0"],
  ['files', "find /sdcard/Download -maxdepth 1 -type f -name 'bugreport*' -print0"],
  ['files', "find /bugreports/ -maxdepth 1 -type f -name 'bugreport*' -print0"],
  ['files', "TZ=UTC ls -l '/sdcard/Download/Intrusion Logging'"],
  ['files', "stat -c '%s %Y %n' /sdcard/Download/PCAPdroid/a.pcap"],
  ['apks', "cat '/data/app/~~a-_b==/org.example-c==/base.apk'"],
  ['apks', 'cat /system/priv-app/Phonesky/Phonesky.apk'],
  ['apks', "stat -c '%s %Y %n' /product/app/Maps/Maps.apk"],
];

describe('what an examiner may ask for by name', () => {
  it.each(read)('with %s alone lets through: %s', (choice, line) => {
    expect(refusalOf(line, [choice])).toBeNull();
    for (const others of [[], all.filter((one) => one !== choice), ['bugreport', 'netstats-poll'] as const]) {
      // A report in its own folder may be read for the sake of the plan's own bugreport.
      if (/^cat \/bugreports\/[\w.-]+\.zip$/.test(line)) continue;
      expect(refusalOf(line, others), `${line} with ${others.join()}`).toMatch(/was not asked for$|is not on the list/);
    }
  });

  it.each(changing)('root does not open the door to: %j', (line) => {
    // Bare lines keep their own rules; through root, in every form of words, none may pass.
    const quoted = `'${line.replaceAll("'", `'"'"'`)}'`;
    // Two questions of who it is are no change, in whatever words.
    if (line === 'id; su -c id') return;
    for (const asRoot of [
      `su -c ${quoted}`,
      `su 0 ${line}`,
      `su -c ${JSON.stringify(line)}`,
      `su root -c ${quoted}`,
      `su --command ${quoted}`,
    ])
      expect(refusalOf(asRoot, all), asRoot).not.toBeNull();
  });

  it.each([
    'su',
    'su -',
    'su 0',
    'su -c',
    "su -c ''",
    "su -c 'id; id'",
    "su -c 'id && reboot'",
    "su -c 'id | cat'",
    "su -c 'su -c id'",
    "su -c 'sh -c id'",
    "su -c 'id' reboot",
    'su -c id id',
    'su 0 su 0 id',
    'su 2000 id',
    "su -c 'cat /data/data/com.example/databases/a.db'",
    "su -c 'cat /data/system/netstats/../packages.xml'",
    "su -c 'cat /data/system/netstats/./uid.1-'",
    "su -c 'cat /data/system/netstats//uid.1-'",
    "su -c 'cat /data/system/netstats'",
    "su -c 'cat /data/system/netstats/uid.1- /data/system/users/0.xml'",
    "su -c 'cat /data/system/netstats/uid.1- > /sdcard/x'",
    "su -c 'cat'",
    "su -c 'cat /sdcard/Download/PCAPdroid/a.pcap'",
    "su -c 'rm /data/system/netstats/uid.1-'",
    "su -c 'find /data/system/netstats -type f -delete'",
    "su -c 'find /data/system/netstats -type f -exec rm {} +'",
    "su -c 'find /data -type f -print0'",
    "su -c 'find /data/system/netstats -type f -fprint /sdcard/x'",
    "su -c 'ls -lR /data/system/netstats'",
    "su -c 'ls -l /data/data'",
    "su -c 'stat -f /data/system/netstats/uid.1-'",
    "su -c 'dumpsys dnsresolver flush'",
    "su -c 'dumpsys netstats --full'",
    "su -c 'getprop'",
    'tcpdump',
    'tcpdump -i any -n -s 0 -U -w /sdcard/x.pcap',
    'tcpdump -i any -n -s 0 -U -w - -w /sdcard/x.pcap',
    'tcpdump -i any -n -s 0 -U -w - -z reboot',
    'tcpdump -i any -n -s 0 -U -w - -W 1 -C 1',
    'tcpdump -i any -n -s 0 -U -w - port 80',
    'tcpdump -i any -n -s 0 -U -w - not tcp port 5555 or 1',
    "su -c 'tcpdump -i any -n -s 0 -U -w /data/x'",
    'cat /sdcard/DCIM/Camera/IMG_1.jpg',
    'cat /sdcard/Download/notes.txt',
    'cat /sdcard/Download/PCAPdroid/../../DCIM/a.jpg',
    'cat /sdcard/Download/PCAPdroid/',
    'cat /sdcard/Download/PCAPdroid/a.pcap /sdcard/DCIM/a.jpg',
    'cat "/sdcard/Download/PCAPdroid/$(reboot).pcap"',
    "cat '/sdcard/Download/PCAPdroid/a\nb.pcap'",
    'cat /data/app/../data/com.example/x.apk',
    'cat /data/data/com.example/x.apk',
    'cat /data/app/org.example-1/lib/arm64/libx.so',
    'find /sdcard -type f -print0',
    'find /sdcard/Download -type f -delete',
    "find /sdcard/Download -maxdepth 1 -type f -name '*' -print0",
    'find',
    'ls -l /',
    'ls /sdcard/Download/PCAPdroid',
    'stat /sdcard/Download/PCAPdroid/a.pcap',
    "stat -c '%s' /sdcard/Download/PCAPdroid/a.pcap",
  ])('refuses with every choice made: %j', (line) => {
    expect(refusalOf(line, all)).not.toBeNull();
  });

  it('takes quoted parts together as a shell does, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        fc.pre(!/\p{Cc}/u.test(name));
        const line = `cat '${name.replaceAll("'", `'"'"'`)}'`;
        expect(splitCommandLine(line)).toEqual({ commands: [['cat', name]] });
      }),
    );
  });
});
