import { describe, expect, it } from 'vitest';
import {
  type AndroidVersion,
  createPracticePhone,
  createWorld,
  netstatsFiles,
  netstatsFolder,
  type RootWay,
} from '../index.ts';

const NOW = Date.UTC(2026, 5, 3, 10, 17, 5, 250) * 1000;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function phoneOf(sdk: number, android: AndroidVersion, root?: RootWay, skewMs = 0) {
  const world = createWorld({ seed: 2, android, sdk, maker: 'xiaomi', nowUs: NOW, days: 2, root, skewMs });
  const phone = createPracticePhone(world);
  const run = async (line: string): Promise<[string, string, number]> => {
    const answer = await phone.run(line);
    return [text(answer.stdout as Uint8Array), text(answer.stderr), answer.exit];
  };
  return { world, phone, run };
}

describe('the shell', () => {
  const { run, world } = phoneOf(34, 14);

  it('joins commands as a shell does', async () => {
    expect(await run('echo a; echo b')).toEqual(['a\nb\n', '', 0]);
    expect(await run('false && echo no; true && echo yes')).toEqual(['yes\n', '', 0]);
    expect(await run('false || echo other')).toEqual(['other\n', '', 0]);
    expect(await run('getprop ro.product.model; echo __TEXT_$?__')).toEqual([
      `${world.model.model}\n__TEXT_0__\n`,
      '',
      0,
    ]);
    expect(await run('foo 2>/dev/null; echo __TEXT_$?__')).toEqual(['__TEXT_127__\n', '', 0]);
    expect(await run(`echo 'a;b' "c $HOME" d\\ e`)).toEqual(['a;b c / d e\n', '', 0]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is the shell's
    expect(await run('X=5; echo ${X}$X "$?"')).toEqual(['55 0\n', '', 0]);
    expect(await run('pm list packages | grep xiaomi.account | wc -l')).toEqual(['1\n', '', 0]);
    expect(await run('echo gone >/dev/null; exit 3; echo never')).toEqual(['', '', 3]);
    expect(await run('foo 2>&1')).toEqual(['/system/bin/sh: foo: inaccessible or not found\n', '', 127]);
    expect(await run('')).toEqual(['', '', 0]);
  });

  it('refuses aloud what it cannot do', async () => {
    expect((await run('echo x > /sdcard/y'))[2]).toBe(1);
    expect((await run('echo $(id)'))[1]).toContain('syntax error');
    expect((await run("echo 'open"))[1]).toContain('no closing quote');
    expect(await run('foo')).toEqual(['', '/system/bin/sh: foo: inaccessible or not found\n', 127]);
    expect((await phoneOf(23, 6).run('foo'))[1]).toBe('/system/bin/sh: foo: not found\n');
    expect(await run('dumpsys nothing')).toEqual(['', "Can't find service: nothing\n", 0]);
    expect((await run('su -c id'))[2]).toBe(127);
    expect((await run(`cat ${netstatsFolder(34)}/x`))[1]).toContain('Permission denied');
    expect((await run('cat /nothing'))[1]).toContain('No such file or directory');
  });

  it('tells the time of a phone', async () => {
    const skewed = phoneOf(34, 14, undefined, 90_500);
    const [out] = await skewed.run('date +%s.%N; date +%s; cat /proc/uptime');
    const [exact, whole, uptime] = out.split('\n') as [string, string, string];
    expect(Math.round(Number(exact) * 1000)).toBe(NOW / 1000 + 90_500);
    expect(whole).toBe(String(Math.floor(NOW / 1e6 + 90.5)));
    expect(Number(uptime.split(' ')[0])).toBeCloseTo((NOW - skewed.world.bootUs) / 1e6, 1);
    expect((await phoneOf(23, 6).run('date +%s.%N'))[0]).toBe(`${Math.floor(NOW / 1e6)}.N\n`);
    expect((await run('TZ=UTC date "+%F %T %z"'))[0]).toBe('2026-06-03 10:17:05 +0000\n');
    expect((await run('date +%z'))[0]).toMatch(/^[+-]\d{4}\n$/);
  });

  it('lets its clock run while its history stands', async () => {
    let now = NOW;
    const running = createPracticePhone(world, { nowUs: () => now });
    const dump = async (): Promise<string> =>
      text((await running.run('dumpsys netstats --full --uid')).stdout as Uint8Array);
    const [first, before] = [text((await running.run('date +%s')).stdout as Uint8Array), await dump()];
    now += 90e6;
    expect(Number(text((await running.run('date +%s')).stdout as Uint8Array)) - Number(first)).toBe(90);
    expect(await dump()).toBe(before);
  });

  it('answers the small questions', async () => {
    expect((await run('id'))[0]).toMatch(/^uid=2000\(shell\) gid=2000\(shell\) groups=.* context=u:r:shell:s0\n$/);
    expect((await run('getenforce'))[0]).toBe('Enforcing\n');
    expect((await run('am get-current-user'))[0]).toBe('0\n');
    expect((await run('settings get global auto_time'))[0]).toMatch(/^[01]\n$/);
    expect((await run('settings get global no_such_thing'))[0]).toBe('null\n');
    expect((await run('getprop no.such.property'))[0]).toBe('\n');
    expect((await run('getprop'))[0]).toContain(`[ro.build.version.sdk]: [34]\n`);
    expect((await run('dumpsys -t 120 netstats'))[0]).toContain('Xt stats:');
    expect((await run('dumpsys'))[0]).toContain('DUMP OF SERVICE package:');
    expect((await run('dumpsys netstats --poll'))[0]).toBe('Forced poll\n');
  });

  it('opens its netstats files to root alone', async () => {
    const { phone, run: asked, world: rooted } = phoneOf(34, 14, 'adbd');
    const folder = netstatsFolder(34);
    const names = phone.list(folder)!.map((one) => one.name);
    expect(names.filter((name) => !name.startsWith('import.'))).toEqual([...netstatsFiles(rooted).keys()].sort());
    for (const [name, bytes] of netstatsFiles(rooted)) expect(phone.file(`${folder}/${name}`)?.bytes).toEqual(bytes);
    expect((await asked(`ls ${folder} | wc -l`))[0]).toBe(`${names.length}\n`);
    const plain = phoneOf(34, 14).phone;
    expect(plain.list(folder)).toBeNull();
    expect(plain.file('/sdcard/DCIM/Camera/IMG_0001.jpg')?.bytes.length).toBe(120_000);
    expect(plain.file('/sdcard/../sdcard/Download/notes.txt')).not.toBeNull();
  });
});
