import { describe, expect, it } from 'vitest';
import { startAdbDevice } from '../adb/device.ts';
import {
  type AndroidVersion,
  createPracticePhone,
  createWorld,
  netstatsFiles,
  netstatsFolder,
  type RootWay,
  type WorldOptions,
} from '../index.ts';
import { readPcap } from './pcap-reader.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;
const SECOND = 1_000_000;

function rooted(android: AndroidVersion, root: RootWay | undefined, more: Partial<WorldOptions> = {}) {
  const world = createWorld({
    seed: 6,
    android,
    maker: 'google',
    nowUs: NOW,
    days: 9,
    root,
    with: { vpn: false },
    ...more,
  });
  const clock = { us: NOW };
  const phone = createPracticePhone(world, { nowUs: () => clock.us, running: true });
  const ask = async (line: string) => {
    const { stdout, stderr, exit } = await phone.run(line);
    return {
      text: Buffer.from(stdout as Uint8Array).toString(),
      bytes: stdout as Uint8Array,
      errors: Buffer.from(stderr).toString(),
      exit,
    };
  };
  return { world, phone, clock, ask };
}

describe('root', () => {
  it('is had as the phone has it', async () => {
    const none = rooted(14, undefined);
    expect((await none.ask('su -c id')).exit).toBe(127);
    expect((await none.ask('tcpdump -D')).exit).toBe(127);

    const magisk = rooted(14, 'su');
    expect((await magisk.ask('id')).text).toContain('uid=2000(shell)');
    expect((await magisk.ask("su -c 'id'")).text).toContain(
      'uid=0(root) gid=0(root) groups=0(root) context=u:r:magisk:s0',
    );
    expect((await magisk.ask('su -c id -u')).text).toBe('0\n');
    expect((await magisk.ask('su -v')).text).toBe('27.0:MAGISKSU\n');
    expect((await magisk.ask("su -c 'cat /nothing'")).exit).toBe(1);
    expect(magisk.phone.file(`${netstatsFolder(34)}/import.attempts`)).toBeNull();

    const eng = rooted(14, 'eng');
    expect((await eng.ask('su 0 id')).text).toContain('uid=0(root)');
    expect((await eng.ask('su root id -u')).text).toBe('0\n');
    expect(await eng.ask('su -c id')).toMatchObject({ exit: 1, errors: "su: invalid uid/gid '-c'\n" });
    expect((await eng.ask('getprop ro.debuggable')).text).toBe('1\n');

    const adbd = rooted(14, 'adbd');
    expect((await adbd.ask('id')).text).toContain('uid=0(root)');
    expect(adbd.phone.file(`${netstatsFolder(34)}/import.attempts`)).not.toBeNull();

    expect(await rooted(14, 'denied').ask('su -c id')).toMatchObject({
      exit: 13,
      text: '',
      errors: 'Permission denied\n',
    });
    const silent = await rooted(14, 'silent').phone.run('su -c id');
    const pieces = (silent.stdout as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    for (let n = 0; n < 3; n += 1) expect(await pieces.next()).toEqual({ done: false, value: new Uint8Array() });
  });

  it.each([5, 9, 12, 13, 16] as const)('Android %s: lists and reads the files of netstats', async (android) => {
    const { world, ask } = rooted(android, 'adbd');
    const folder = netstatsFolder(world.sdk);
    expect((await rooted(android, undefined).ask(`ls ${folder}`)).errors).toMatch(/Permission denied/);
    const names = [...netstatsFiles(world).keys()];
    for (const name of names) {
      const bytes = netstatsFiles(world).get(name)!;
      expect((await ask(`cat ${folder}/${name}`)).bytes).toEqual(bytes);
      if (world.sdk >= 23) expect((await ask(`stat -c %s ${folder}/${name}`)).text).toBe(`${bytes.length}\n`);
    }
    const long = (await ask(`ls -l ${folder}`)).text;
    const form =
      android === 5
        ? /^-rw------- system {3}system {3} *(\d+) \d{4}-\d\d-\d\d \d\d:\d\d (.+)$/gm
        : /^-rw------- 1 system system +(\d+) \d{4}-\d\d-\d\d \d\d:\d\d (.+)$/gm;
    const listed = new Map([...long.matchAll(form)].map(([, size, name]) => [name, Number(size)]));
    for (const name of names) expect(listed.get(name), name).toBe(netstatsFiles(world).get(name)!.length);
  });

  it('says which names were looked up, masked, each before a connection of that uid', async () => {
    const { phone, ask } = rooted(14, 'adbd');
    const { text } = await ask('dumpsys dnsresolver querylog');
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('DNS query log:');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines.slice(1))
      expect(line).toMatch(
        /^ {2}time=\d\d:\d\d:\d\d\.\d{3} netId=\d+ uid=\d+ pid=\d+ hostname=\w\*\*\* answer=\[(\d+\.|[0-9a-f]+:)\*\*\*\] \(\d+ms\)$/,
      );
    const uids = new Set([...text.matchAll(/ uid=(\d+) /g)].map(([, uid]) => Number(uid)));
    expect(phone.socketsAt(NOW).some((one) => uids.has(one.uid))).toBe(true);
    expect((await rooted(12, 'adbd').ask('dumpsys dnsresolver querylog')).text).toMatch(
      /^DNS query log \(last 60 minutes\):\n/,
    );
    expect((await rooted(10, 'adbd').ask('dumpsys dnsresolver querylog')).text).toMatch(/^NetId: \d+\n/);
    expect((await rooted(9, 'adbd').ask('dumpsys dnsresolver')).errors).toBe("Can't find service: dnsresolver\n");
    expect((await rooted(14, 'su').ask('dumpsys dnsresolver')).errors).toBe("Can't find service: dnsresolver\n");
    expect((await rooted(12, 'adbd').ask('dumpsys netd trafficcontroller')).text).toContain('mAppUidStatsMap');
  });
});

/** Fields of a protocol buffer, of the kinds that these files have. */
function fields(bytes: Buffer): { readonly number: number; readonly value: number; readonly bytes: Buffer }[] {
  const out = [];
  for (let at = 0; at < bytes.length; ) {
    const varint = (): number => {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = bytes[at++]!;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    const key = varint();
    const value = varint();
    const body = key % 8 === 2 ? bytes.subarray(at, at + value) : Buffer.alloc(0);
    if (key % 8 === 2) at += value;
    out.push({ number: Math.floor(key / 8), value, bytes: body });
  }
  return out;
}

describe('the files of the use of apps', () => {
  it.each([6, 9, 10, 11, 14] as const)('Android %s: hold the events that the service tells of', async (android) => {
    const { world, ask } = rooted(android, 'adbd');
    const folder = world.sdk >= 30 ? '/data/system_ce/0/usagestats' : '/data/system/usagestats/0';
    const files = (await ask(`find ${folder}/daily -type f`)).text.trimEnd().split('\n');
    expect(files.length).toBeGreaterThan(4);
    const sessions = new Set(
      world.sessions.map((one) => `${Math.floor(one.fromUs / 1000) + world.skewMs} ${one.package}`),
    );
    const names = new Map<number, string>();
    if (world.sdk >= 30)
      for (const map of fields(Buffer.from((await ask(`cat ${folder}/mappings`)).bytes)).filter(
        (one) => one.number === 2,
      )) {
        const inside = fields(map.bytes);
        names.set(
          inside.find((one) => one.number === 1)!.value,
          inside.find((one) => one.number === 2)!.bytes.toString(),
        );
      }
    let resumed = 0;
    for (const path of files) {
      const begin = Number(path.slice(path.lastIndexOf('/') + 1));
      const { bytes, text } = await ask(`cat ${path}`);
      const found: [number, string][] = [];
      if (world.sdk <= 28) {
        expect(
          text.startsWith("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<usagestats version=\"1\""),
        ).toBe(true);
        for (const [, time, name] of text.matchAll(
          /<event time="(\d+)" package="(\S+)" class="\S+" flags="0" type="1" \/>/g,
        ))
          found.push([begin + Number(time), name!]);
      } else {
        const all = fields(Buffer.from(bytes));
        const pool =
          world.sdk === 29 ? fields(all.find((one) => one.number === 2)!.bytes).filter((one) => one.number === 2) : [];
        for (const event of all.filter((one) => one.number === 22)) {
          const of = new Map(fields(event.bytes).map((one) => [one.number, one.value]));
          const [type, time, name] =
            world.sdk === 29
              ? [of.get(7), of.get(5)!, pool[of.get(2)! - 1]!.bytes.toString()]
              : [of.get(5), of.get(3)!, names.get(of.get(1)!)!];
          if (type === 1) found.push([begin + time, name]);
        }
      }
      for (const [time, name] of found)
        expect(sessions.has(`${time} ${name}`) || sessions.has(`${time - 1} ${name}`)).toBe(true);
      resumed += found.length;
    }
    expect(resumed).toBeGreaterThan(40);
  });
});

describe('tcpdump', () => {
  it('gives the packets of the open sockets, byte for byte what the counters count', async () => {
    const { world, phone, clock, ask } = rooted(14, 'adbd', { seed: 9 });
    const wifi = world.life.networkAt(NOW)!.ssid !== null;
    expect((await ask('tcpdump --version')).text).toContain('libpcap version');
    expect((await ask('tcpdump -D')).text.startsWith(wifi ? '1.wlan0 ' : '1.rmnet_data0 ')).toBe(true);
    const answer = await phone.run('tcpdump -i any -n -s 0 -U -w -');
    expect(Buffer.from(answer.stderr).toString()).toMatch(/^tcpdump: listening on any, link-type LINUX_SLL /);
    const parts: Uint8Array[] = [];
    for await (const piece of answer.stdout as AsyncIterable<Uint8Array>) {
      parts.push(piece);
      if (clock.us >= NOW + 40 * SECOND) break;
      clock.us += 10 * SECOND;
    }
    const { linkType, packets } = readPcap(Buffer.concat(parts));
    expect(linkType).toBe(113);
    expect(packets.length).toBeGreaterThan(100);
    const truth = phone.carried(NOW, NOW + 40 * SECOND);
    const total = [...truth.values()].reduce((n, one) => n + one.sent + one.received, 0);
    expect(packets.reduce((n, one) => n + one.bytes, 0)).toBe(total);
    // Every port of ours belongs to a socket that was open, and through it to a uid.
    const uidOf = new Map<number, number>();
    for (let us = NOW - SECOND; us <= clock.us + SECOND; us += SECOND / 10)
      for (const one of phone.socketsAt(us)) if (one.state === 'established') uidOf.set(one.local.port, one.uid);
    const byUid = new Map<number, number>();
    for (const one of packets) {
      const uid = uidOf.get(one.fromPort) ?? uidOf.get(one.toPort);
      byUid.set(uid!, (byUid.get(uid!) ?? 0) + one.bytes);
    }
    expect(byUid).toEqual(new Map([...truth].map(([uid, { sent, received }]) => [uid, sent + received])));
    // A connection that began meanwhile begins with SYN and says whom it calls; its numbers go on from there.
    const first = packets.find((one) => one.flags === 0x02)!;
    const own = packets.filter((one) => one.fromPort === first.fromPort && one.to === first.to);
    expect(own.find((one) => one.payload.length === 517)?.payload.toString('latin1')).toMatch(
      /(push|api|cdn)\.[\w.-]+\.example/,
    );
    let next = (first.sequence + 1) >>> 0;
    for (const one of own.slice(1)) {
      expect(one.sequence).toBe(next);
      next = (next + one.payload.length + (one.flags & 1)) >>> 0;
    }
  });

  it('on one interface has its link, and ends where a count was asked for', async () => {
    const { phone, clock } = rooted(14, 'adbd', { seed: 9 });
    const answer = await phone.run('tcpdump -n -s 0 -U -c 7 -w - 2>/dev/null');
    expect(answer.stderr).toHaveLength(0);
    const parts: Uint8Array[] = [];
    for await (const piece of answer.stdout as AsyncIterable<Uint8Array>) {
      parts.push(piece);
      clock.us += 5 * SECOND;
    }
    const read = readPcap(Buffer.concat(parts));
    expect(read.packets).toHaveLength(7);
    expect([1, 101]).toContain(read.linkType);
    const none = await phone.run('tcpdump -i any -c 3 -w - not tcp port 443 and not port 5228 and not udp');
    const rest = (none.stdout as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const heard: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      heard.push((await rest.next()).value!.length);
      clock.us += 10 * SECOND;
    }
    expect(heard).toEqual([24, 0, 0, 0]);
    expect((await phone.run('tcpdump -w - host x')).exit).toBe(1);
    expect((await rooted(14, 'eng').ask('tcpdump -w -')).errors).toContain("You don't have permission");
  });

  it('is told over adb when nobody listens any more', async () => {
    const { phone } = rooted(14, 'adbd');
    let ended = 0;
    async function* endless(): AsyncIterable<Uint8Array> {
      try {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield new Uint8Array();
        }
      } finally {
        ended += 1;
      }
    }
    const run = async () => ({ stdout: endless(), stderr: new Uint8Array(), exit: 0 });
    const device = await startAdbDevice({ ...phone, run }, { port: 0, host: '127.0.0.1' });
    const { connect } = await import('node:net');
    const { commands, encodeMessage, MessageReader } = await import('../adb/message.ts');
    const socket = connect(device.port, '127.0.0.1');
    const reader = new MessageReader();
    const opened = new Promise<number>((resolve) => {
      socket.on('data', (piece) => {
        for (const message of reader.push(piece)) if (message.command === commands.OKAY) resolve(message.arg0);
      });
    });
    socket.write(encodeMessage(commands.CNXN, 0x01000001, 4096, Buffer.from('host::'), true));
    socket.write(encodeMessage(commands.OPEN, 1, 0, Buffer.from('exec:tcpdump\0'), false));
    const id = await opened;
    expect(ended).toBe(0);
    socket.write(encodeMessage(commands.CLSE, 1, id, new Uint8Array(), false));
    while (ended === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await device.close();
  });
});
