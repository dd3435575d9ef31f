import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import {
  type AndroidVersion,
  createPracticePhone,
  createWorld,
  type PhoneOptions,
  type WorldOptions,
} from '../index.ts';
import { readDump } from './mini-reader.ts';
import { readPcap } from './pcap-reader.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;

function phoneOf(android: AndroidVersion, options: PhoneOptions = {}, more: Partial<WorldOptions> = {}) {
  const owns = { captures: true, oldBugreports: true, intrusionLog: true, vpn: false };
  const world = createWorld({ seed: 6, android, maker: 'samsung', nowUs: NOW, days: 9, with: owns, ...more });
  const phone = createPracticePhone(world, options);
  const ask = async (line: string) => {
    const { stdout, stderr, exit } = await phone.run(line);
    const bytes = Buffer.from(stdout as Uint8Array);
    return { bytes, text: bytes.toString(), errors: Buffer.from(stderr).toString(), exit };
  };
  return { world, phone, ask };
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

function zipText(bytes: Buffer, ends: string): Promise<string> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error);
      zip.on('entry', (entry) => {
        if (!entry.fileName.endsWith(ends)) return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return reject(failed);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => resolve(Buffer.concat(parts).toString()));
        });
      });
      zip.on('end', () => reject(new Error('no such member')));
      zip.readEntry();
    });
  });
}

describe('the owner’s files', () => {
  it('are listed alike by find, ls and stat', async () => {
    const { ask, phone } = phoneOf(16);
    const files = linesOf((await ask('find /sdcard/Download -type f')).text);
    expect(files.length).toBeGreaterThanOrEqual(7);
    for (const path of files) {
      const bytes = phone.file(path)!.bytes;
      expect((await ask(`stat -c '%s %n' '${path}'`)).text).toBe(`${bytes.length} ${path}\n`);
      expect((await ask(`cat '${path}'`)).bytes.equals(Buffer.from(bytes))).toBe(true);
      const folder = path.slice(0, path.lastIndexOf('/'));
      const row = linesOf((await ask(`ls -l '${folder}'`)).text).find((line) =>
        line.endsWith(path.slice(folder.length + 1)),
      )!;
      expect(row).toMatch(
        new RegExp(`^-rw-rw---- 1 u0_a\\d+ media_rw +${bytes.length} \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d `),
      );
      expect((await ask(`sha256sum '${path}'`)).text).toBe(
        `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`,
      );
    }
    expect((await ask('find /sdcard/Download -type f -printf x')).errors).toBe("find: bad arg '-printf'\n");
    expect((await ask('ls /data/app')).errors).toBe('ls: /data/app: Permission denied\n');
    // The folder of bugreports is a link: named without a slash it is one, with a slash it is what it leads to.
    expect((await ask('ls -l /bugreports')).text).toMatch(
      /^lrwxrwxrwx 1 root root +\d+ .* \/bugreports -> \/data\/user_de\/0\//,
    );
    expect((await ask('find /bugreports -type f')).text).toBe('');
    expect((await ask('find /bugreports/ -type f')).text).toMatch(/^\/bugreports\/bugreport-\S+\.zip\n$/);
  });

  it('look as the tools of older Androids show them', async () => {
    const old = phoneOf(5);
    expect((await old.ask('find /sdcard/Download -type f')).exit).toBe(127);
    expect((await old.ask('stat -c %s /sdcard/Download/notes.txt')).exit).toBe(127);
    expect((await old.ask('ls -l /sdcard/Download')).text).toMatch(
      /^-rw-rw---- root {5}sdcard_rw {7}34 \d{4}-\d\d-\d\d \d\d:\d\d notes\.txt\n$/,
    );
    const six = phoneOf(6);
    expect((await six.ask('ls -l /sdcard/Download')).text).toMatch(
      /^drwxrwx--- root {5}sdcard_rw {10}\d{4}-\d\d-\d\d \d\d:\d\d PCAPdroid$/m,
    );
    expect((await six.ask('stat -c %s /sdcard/Download/notes.txt')).text).toBe('34\n');
    expect((await six.ask('sha256sum /sdcard/Download/notes.txt')).exit).toBe(127);
    expect((await six.ask('sha1sum /sdcard/Download/notes.txt')).text).toMatch(/^[0-9a-f]{40} {2}\/sdcard/);
  });

  it('a capture of PCAPdroid and its table tell the same', async () => {
    const { ask } = phoneOf(14);
    const [table, capture] = linesOf((await ask('find /sdcard/Download/PCAPdroid -type f')).text) as [string, string];
    const { packets } = readPcap((await ask(`cat ${capture}`)).bytes);
    const rows = linesOf((await ask(`cat ${table}`)).text)
      .slice(1)
      .map((line) => line.split(','));
    expect(packets.length).toBeGreaterThan(100);
    const said = rows.reduce((n, row) => n + Number(row.at(-6)) + Number(row.at(-5)), 0);
    expect(packets.reduce((n, one) => n + one.bytes, 0)).toBe(said);
    const byPort = new Map(rows.map((row) => [Number(row[2]), Number(row[5])]));
    for (const { behind, fromPort, toPort } of packets) {
      const trailer = behind.subarray(behind.length - 32);
      expect(trailer.readUInt32BE(0)).toBe(0x01072021);
      expect(byPort.get(fromPort) ?? byPort.get(toPort)).toBe(trailer.readInt32BE(4));
    }
    const whole = (await ask(`cat ${capture}`)).bytes;
    const frame = whole.subarray(40, 40 + whole.readUInt32LE(32));
    expect(crc32(frame.subarray(0, -4))).toBe(frame.readUInt32LE(frame.length - 4));
  });

  it('an older bugreport is of the same phone at an earlier time', async () => {
    const { ask, world } = phoneOf(14);
    const path = linesOf((await ask('find /bugreports/ -type f')).text)[0]!;
    const text = await zipText((await ask(`cat ${path}`)).bytes, `${path.slice(12, -4)}.txt`);
    expect(text).toContain(`[ro.serialno]: [${world.serial}]`);
    const [, day] = /== dumpstate: (\d{4}-\d\d-\d\d)/.exec(text)!;
    expect(path).toContain(day!);
    expect(Date.parse(day!)).toBeLessThan(NOW / 1000 - 5 * 86_400_000);
    expect(readDump(text.split('DUMP OF SERVICE netstats:\n')[1]!.split('\n--------- ')[0]!).length).toBeGreaterThan(0);
  });

  it('the log of intrusions is one object a line, with one counter', async () => {
    const { ask, world } = phoneOf(16);
    expect((await ask('settings get secure advanced_protection_mode')).text).toBe('1\n');
    expect((await phoneOf(15).ask('settings get secure advanced_protection_mode')).text).toBe('null\n');
    const names = new Set(world.apps.map((app) => app.package));
    const ids: number[] = [];
    const kinds = new Set<string>();
    for (const path of linesOf((await ask("find '/sdcard/Download/Intrusion Logging' -type f -name '*.txt'")).text)) {
      for (const line of linesOf((await ask(`cat '${path}'`)).text)) {
        const [[kind, body]] = Object.entries(JSON.parse(line) as Record<string, Record<string, unknown>>) as [
          [string, Record<string, never>],
        ];
        kinds.add(kind);
        ids.push(body.event_id!);
        const ms = kind === 'security_event' ? Number(body.event_time) / 1e6 : Number(body.event_time);
        expect(Math.abs(ms - NOW / 1000)).toBeLessThan(4 * 86_400_000);
        if (kind !== 'security_event') expect(names.has(body.package_name!)).toBe(true);
      }
    }
    expect(kinds).toEqual(new Set(['dns_event', 'connect_event', 'security_event']));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ids.length - new Set(ids).size).toBeGreaterThan(3);
    expect(
      phoneOf(16, {}, { with: { intrusionLog: false } }).phone.list('/sdcard/Download/Intrusion Logging'),
    ).toBeNull();
  });

  it('hostile ones are there on request, and lie', async () => {
    const { ask, phone } = phoneOf(14, { files: { hostile: true } });
    const { text } = await ask('find /sdcard/Download -type f');
    expect(text).toContain('/sdcard/Download/PCAPdroid/../../../../../../tmp/outside.pcap\n');
    expect(text).toContain('/two\nlines.pcap\n');
    const names = phone.list('/sdcard/Download/PCAPdroid')!.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['-rf.pcap', 'two\nlines.pcap', '$(reboot);`reboot`.csv']));
    expect((await ask("cat '/sdcard/Download/PCAPdroid/$(reboot);`reboot`.csv'")).text).toBe('IPProto,SrcIP\n');
    const bomb = phone.file('/sdcard/Download/bugreport-bomb-2026-01-01-00-00-00.zip')!.bytes;
    expect(bomb.length).toBeLessThan(5_000_000);
    const sizes = await new Promise<number>((resolve, reject) => {
      yauzl.fromBuffer(Buffer.from(bomb), (error, zip) => {
        if (error || !zip) return reject(error);
        let sum = 0;
        zip.on('entry', (entry) => {
          sum += entry.uncompressedSize;
        });
        zip.on('end', () => resolve(sum));
      });
    });
    expect(sizes).toBeGreaterThan(3_000_000_000);
  });

  it('a long one is streamed and never held', async () => {
    const { phone, ask } = phoneOf(14, { files: { longMegabytes: 300 } });
    const path = '/sdcard/Download/PCAPdroid/long.pcap';
    const size = Number((await ask(`stat -c %s ${path}`)).text);
    expect(size).toBeGreaterThan(300_000_000);
    let read = 0;
    for await (const piece of (await phone.run(`cat ${path}; echo END`)).stdout as AsyncIterable<Uint8Array>)
      read += piece.length;
    expect(read).toBe(size + 4);
    expect(phone.file(path)!.size).toBe(size);
    expect((await ask(`cat ${path} | wc -c`)).errors).toContain('cannot go into a pipe');
  });
});
