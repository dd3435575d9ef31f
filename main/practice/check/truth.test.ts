import { beforeAll, describe, expect, it } from 'vitest';
import {
  createPracticePhone,
  createWorld,
  identityVersion,
  makers,
  netstatsFiles,
  type World,
  type WorldOptions,
} from '../index.ts';
import { androidVersions, sdksOf } from '../world/options.ts';
import { countedRows, isTunnel, type MiniRow, readDump, readFileBytes, sumOf } from './mini-reader.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;

/** One world for every SDK from 21 to 36, makers in turn, and a few with everything in them. */
const options: WorldOptions[] = androidVersions
  .flatMap((android) => sdksOf(android).map((sdk) => ({ android, sdk })))
  .flatMap(({ android, sdk }, index) => [
    { seed: 100 + sdk, android, sdk, maker: makers[index % 4]!, nowUs: NOW, days: 14 },
    {
      seed: 900 + sdk,
      android,
      sdk,
      maker: makers[(index + 1) % 4]!,
      nowUs: NOW,
      days: 10,
      with: {
        secondUser: true,
        removedApp: true,
        tethering: true,
        vpn: true,
        byRadio: true,
        clockSet: true,
        clockUnset: true,
      },
    },
    { seed: 5000 + sdk * 7, android, sdk, maker: makers[(index + 2) % 4]!, nowUs: NOW - 400 * 86_400e6, days: 10 },
  ]);

async function textOf(world: World, command: string): Promise<string> {
  const answer = await createPracticePhone(world).run(command);
  expect(answer.exit).toBe(0);
  return new TextDecoder('utf-8', { fatal: true }).decode(answer.stdout as Uint8Array);
}

function groupBy(rows: readonly MiniRow[], key: (row: MiniRow) => string): Map<string, MiniRow[]> {
  const out = new Map<string, MiniRow[]>();
  for (const row of rows) {
    const list = out.get(key(row));
    if (list) list.push(row);
    else out.set(key(row), [row]);
  }
  return out;
}

describe.each(options)('seed $seed, SDK $sdk, $maker', (given) => {
  const world = createWorld(given);
  let rows: MiniRow[] = [];
  beforeAll(async () => {
    rows = readDump(await textOf(world, 'dumpsys netstats --full --uid --tag'));
  });

  it('prints what its own account holds, per uid, set and tag', () => {
    const truth = world.totals();
    const { sent, received, sentPackets, receivedPackets } = truth;
    expect(sumOf(countedRows(rows))).toEqual({ sent, received, sentPackets, receivedPackets });
    expect(sent).toBeGreaterThan(0);
    const byUid = groupBy(countedRows(rows), (row) => String(row.uid));
    const said = [...byUid].map(([uid, list]) => {
      const background = sumOf(list.filter((row) => row.set === 'DEFAULT')).sent;
      return [uid, { ...sumOf(list), sentBackground: background }];
    });
    expect(Object.fromEntries(said)).toEqual(truth.byUid);
    const names: Readonly<Record<number, string>> = {
      0: 'DEFAULT',
      1: 'FOREGROUND',
      1001: 'DBG_VPN_IN',
      1002: 'DBG_VPN_OUT',
    };
    const kinds = groupBy(
      rows.filter((row) => row.table === 'uid' || row.table === 'uid_tag'),
      (row) => `${row.uid} ${row.set} ${row.tag} ${isTunnel(row.ident)}`,
    );
    expect(kinds.size).toBe(truth.byUidSetTag.length);
    const differing = truth.byUidSetTag.filter((row) => {
      const sum = sumOf(kinds.get(`${row.uid} ${names[row.set]} ${row.tag} ${row.tunnel}`) ?? []);
      return (
        sum.sent !== row.sent ||
        sum.received !== row.received ||
        sum.sentPackets !== row.sentPackets ||
        sum.receivedPackets !== row.receivedPackets
      );
    });
    expect(differing).toEqual([]);
    const starts = countedRows(rows).map((row) => row.startS);
    expect(truth.span?.fromUs).toBe(Math.min(...starts) * 1e6);
    expect(truth.span?.toUs).toBe((Math.max(...starts) + 7200) * 1e6);
  });

  it('keeps the order that netstats keeps: tags within apps, apps within interfaces', async () => {
    expect((await textOf(world, 'dumpsys netstats full detail')).split('\n').length).toBeGreaterThan(rows.length);
    const where = (row: MiniRow): string => `${row.ident} ${row.uid} ${row.set} ${row.startS}`;
    const uid = groupBy(
      rows.filter((row) => row.table === 'uid'),
      where,
    );
    const more = (parts: Map<string, MiniRow[]>, whole: Map<string, MiniRow[]>): string[] =>
      [...parts]
        .filter(([key, list]) => {
          const [part, all] = [sumOf(list), sumOf(whole.get(key) ?? [])];
          return part.sent > all.sent || part.received > all.received || part.sentPackets > all.sentPackets;
        })
        .map(([key]) => key);
    expect(
      more(
        groupBy(
          rows.filter((row) => row.table === 'uid_tag'),
          where,
        ),
        uid,
      ),
    ).toEqual([]);
    const twoHours = (row: MiniRow): string => `${row.ident} ${Math.floor(row.startS / 7200)}`;
    const xt = groupBy(
      rows.filter((row) => row.table === 'xt'),
      twoHours,
    );
    const dev = groupBy(
      rows.filter((row) => row.table === 'dev'),
      twoHours,
    );
    const apps = groupBy(
      rows.filter((row) => row.table === 'uid' && !row.set.startsWith('DBG')),
      twoHours,
    );
    expect(more(apps, xt)).toEqual([]);
    if (world.sdk >= 33) expect(dev.size).toBe(0);
    else expect(more(xt, dev)).toEqual([]);
    const odd = rows.filter(
      (row) =>
        row.lastsS !== (row.table === 'dev' || row.table === 'xt' ? 3600 : 7200) ||
        row.startS % row.lastsS !== 0 ||
        row.startS * 1e6 >= world.nowUs ||
        row.sent < row.sentPackets ||
        row.received < row.receivedPackets,
    );
    expect(odd).toEqual([]);
    const once = new Set(rows.map((row) => `${row.table} ${where(row)} ${row.tag}`));
    expect(once.size).toBe(rows.length);
  });

  it('says only what it recorded since it started when it is not asked for all', async () => {
    const text = await textOf(world, 'dumpsys netstats --uid --tag');
    expect(text).not.toContain('Complete history');
    const { sent, received, sentPackets, receivedPackets } = world.totals('since boot');
    expect(sumOf(countedRows(readDump(text)))).toEqual({ sent, received, sentPackets, receivedPackets });
    const plain = readDump(await textOf(world, 'dumpsys netstats'));
    expect(plain.every((row) => row.table === 'dev' || row.table === 'xt')).toBe(true);
  });

  it('holds the same in its files', () => {
    const truth = world.totals();
    const files = [...netstatsFiles(world)].map(([name, bytes]) => ({ name, series: readFileBytes(bytes) }));
    const ofTable = (table: string) =>
      files.filter((file) => file.name.startsWith(`${table}.`)).flatMap((file) => file.series);
    const uid = ofTable('uid').filter((one) => one.set < 1000 && !one.types.includes(17));
    const { sent, received, sentPackets, receivedPackets } = truth;
    expect(sumOf(uid)).toEqual({ sent, received, sentPackets, receivedPackets });
    expect(new Set(ofTable('uid').map((one) => one.identityVersion))).toEqual(new Set([identityVersion(world.sdk)]));
    for (const table of ['xt', 'dev', 'uid_tag'] as const)
      expect(sumOf(ofTable(table))).toEqual(sumOf(rows.filter((row) => row.table === table)));
    for (const { name, series } of files) {
      const [, from, to] = /^\w+\.(\d+)-(\d*)$/.exec(name)!;
      if (to !== '') expect(Number(to)).toBeGreaterThan(Number(from));
      expect(series.every((one) => one.starts.every((start, i) => i === 0 || start > one.starts[i - 1]!))).toBe(true);
    }
  });
});
