import { describe, expect, it } from 'vitest';
import { createPracticePhone, createWorld, makers, type World } from '../index.ts';
import { androidVersions, sdksOf } from '../world/options.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;
const worlds = androidVersions
  .flatMap((android) => sdksOf(android).map((sdk) => ({ android, sdk })))
  .map(({ android, sdk }, index) =>
    createWorld({
      seed: sdk,
      android,
      sdk,
      maker: makers[index % 4]!,
      nowUs: NOW,
      days: 3,
      with: { secondUser: index % 3 !== 0 },
    }),
  );

async function said(world: World, line: string): Promise<{ out: string; err: string; exit: number }> {
  const answer = await createPracticePhone(world).run(line);
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { out: text(answer.stdout as Uint8Array), err: text(answer.stderr), exit: answer.exit };
}

const launcher = '-a android.intent.action.MAIN -c android.intent.category.LAUNCHER';

describe.each(worlds.map((world) => [world.sdk, world.options.maker, world] as const))(
  'SDK %i, %s',
  (sdk, _maker, world) => {
    it('gives every package one number in every dump', async () => {
      const dump = (await said(world, 'dumpsys package packages')).out.split('Hidden system packages:')[0]!;
      const blocks = new Map<string, string>();
      for (const part of dump.split(/^ {2}Package \[/m).slice(1)) blocks.set(part.slice(0, part.indexOf(']')), part);
      expect([...blocks.keys()].sort()).toEqual(world.apps.map((app) => app.package).sort());
      const wrong = world.apps.filter((app) => {
        const block = blocks.get(app.package)!;
        const number = Number(/^ {4}(?:userId|appId)=(\d+)/m.exec(block)![1]);
        const installed = [...block.matchAll(/^ {4}User (\d+): .*installed=true/gm)].map((m) => Number(m[1]));
        const times = [...block.matchAll(/firstInstallTime=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/gm)].length;
        return (
          number !== app.appId ||
          installed.join() !== app.users.join() ||
          times !== (sdk >= 33 ? world.users.length : 1) ||
          block.includes('appId=') !== sdk >= 34 ||
          /flags=\[ SYSTEM/.test(block) !== app.system
        );
      });
      expect(wrong.map((app) => app.package)).toEqual([]);
      const shared = (await said(world, 'dumpsys package shared-users')).out;
      for (const app of world.apps) if (app.sharedUser) expect(shared).toContain(`SharedUser [${app.sharedUser.name}]`);
    });

    it('lists packages of each user as its version can', async () => {
      for (const user of world.users) {
        const options = sdk >= 26 ? '-f -i -U' : '-f -i';
        const { out, exit } = await said(world, `pm list packages ${options} --user ${user.id}`);
        expect(exit).toBe(0);
        const listed = out
          .trim()
          .split('\n')
          .map((line) => /^package:(.+)=([\w.]+) {2}installer=(\S+)(?: uid:(\d+))?$/.exec(line)!);
        const mine = world.apps.filter((app) => app.users.includes(user.id));
        expect(listed.map((m) => m[2]!).sort()).toEqual(mine.map((app) => app.package).sort());
        const uids = new Map(listed.map((m) => [m[2]!, m[4]]));
        if (sdk >= 26)
          for (const app of mine) expect(Number(uids.get(app.package))).toBe(user.id * 100_000 + app.appId);
      }
      if (sdk < 26) {
        const refused = await said(world, 'pm list packages -U');
        expect(refused.out + refused.err).toBe('Error: Unknown option: -U\n');
        expect(refused.exit).not.toBe(0);
      }
      const count = async (option: string): Promise<number> =>
        (await said(world, `pm list packages ${option}`)).out.split('\n').length - 1;
      expect((await count('-s')) + (await count('-3'))).toBe(await count(''));
      const versions = await said(world, 'pm list packages --show-versioncode');
      expect(versions.out.includes('versionCode:')).toBe(sdk >= 26);
    });

    it('lists its users', async () => {
      const { out } = await said(world, 'pm list users');
      const users = [...out.matchAll(/^\tUserInfo\{(\d+):(.*):([0-9a-f]+)\} running$/gm)].map((m) => [
        Number(m[1]),
        m[2],
      ]);
      expect(users).toEqual(world.users.map((user) => [user.id, user.name]));
    });

    it('says the labels that a phone can say', async () => {
      if (sdk < 24) {
        expect((await said(world, `cmd package query-activities ${launcher}`)).exit).toBe(127);
        expect((await said(world, `pm query-activities ${launcher}`)).exit).toBe(1);
        return;
      }
      const { out } = await said(world, `cmd package query-activities --user 0 ${launcher}`);
      expect((await said(world, `pm query-activities --user 0 ${launcher}`)).out).toBe(out);
      const found = new Map<string, string>();
      for (const part of out.split(/^ {2}Activity #\d+:$/m).slice(1)) {
        const name = /^ {6}packageName=(\S+)$/m.exec(part)![1]!;
        found.set(name, /^ {6}labelRes=0x[0-9a-f]+ nonLocalizedLabel=(.*) icon=0x/m.exec(part)![1]!);
      }
      expect(out.startsWith(`${found.size} activities found:\n`)).toBe(true);
      const icons = world.apps.filter((app) => app.label !== null && app.enabled === 0);
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(icons.map((app) => [app.package, app.labelSaid ? app.label : 'null'])),
      );
      for (const script of [/\p{Script=Han}/u, /\p{Script=Devanagari}/u, /\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u])
        expect([...found.values()].some((label) => script.test(label))).toBe(true);
    });

    it('has between 60 and 250 packages with numbers of their own', () => {
      expect(world.apps.length).toBeGreaterThanOrEqual(60);
      expect(world.apps.length).toBeLessThanOrEqual(250);
      const owners = new Map<number, Set<string>>();
      for (const app of world.apps) {
        const owner = app.sharedUser?.name ?? app.package;
        owners.set(app.appId, (owners.get(app.appId) ?? new Set()).add(owner));
      }
      expect([...owners].filter(([, names]) => names.size > 1)).toEqual([]);
      expect(new Set(world.apps.map((app) => app.package)).size).toBe(world.apps.length);
      for (const app of world.apps) expect(app.lastUpdateUs).toBeGreaterThanOrEqual(app.firstInstallUs);
      for (const app of world.apps) expect(app.lastUpdateUs).toBeLessThanOrEqual(world.nowUs);
    });
  },
);
