/**
 * Cases of many events for the benches: the apps of a practice phone, its networks and series as the program itself reads them, and as
 * many buckets as are asked for laid into the case file by the store's own loader. `large-case.ts EVENTS FOLDER` makes one by hand.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '../../main/engine/engine.ts';
import { columns } from '../../main/engine/normalise/columns.ts';
import { rollUp } from '../../main/engine/pipeline/roll-up.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { indexes } from '../../main/engine/store/migrations/index.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { checkout } from '../../main/host/checkout.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../shared/base/time.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { chance } from '../support/chance.ts';
import { work } from '../support/engine.ts';

const END: Micros = Date.UTC(2026, 2, 2, 6) * 1000;
const MONTHS: Micros = 210 * DAY;
/** Buckets that a series has something in, of all that there are. */
const FILLED = 0.4;
const LOADED_AT_ONCE = 100_000;

/** A case of a practice phone with 240 packages, acquired in full. `path` without its ending. */
async function acquired(path: string): Promise<void> {
  let nowUs = END;
  const now = () => {
    nowUs += 250;
    return nowUs;
  };
  const world = createWorld({ seed: 20, android: 14, maker: 'xiaomi', nowUs: END, days: 30, packages: 240 });
  const phone = createPracticePhone(world, { nowUs: now });
  const engine = createEngine({
    bridge: new PracticeBridge([phone], { now }),
    clock: { now },
    log: { note() {} },
    resources: checkout.resources,
    version: 'bench',
  });
  try {
    const made = await engine.createCase(path, emptyCaseInfo);
    await made.acquire({ serial: phone.serial, profile: 'full' }, work());
    await made.close();
  } finally {
    await engine.close();
  }
}

/** The longest bucket of two hours, an hour, or some minutes at which so many events find room in seven months. */
function bucketFor(events: number, series: number): Micros {
  const needed = (series * MONTHS * FILLED) / events;
  return (
    [2 * HOUR, HOUR, 30 * MINUTE, 15 * MINUTE, 10 * MINUTE, 5 * MINUTE, 2 * MINUTE].find((us) => us <= needed) ?? MINUTE
  );
}

/** An hour's share of the day's traffic: little at night. */
function byHour(us: Micros): number {
  const hour = (us / HOUR) % 24;
  return 0.15 + 0.85 * Math.max(0, Math.sin(((hour - 1) / 24) * 2 * Math.PI - Math.PI / 2));
}

/** The case of so many events that a folder keeps; made where it has none yet. */
export async function largeCase(folder: string, events: number): Promise<string> {
  const at = join(folder, String(events));
  return existsSync(`${at}.phonehome`) ? `${at}.phonehome` : writeLargeCase(at, events);
}

/**
 * Makes `PATH.phonehome` with `events` counted volume events of one phone over seven months: buckets of two hours up to a million or so,
 * shorter ones beyond. The rows of the phone's own history are replaced by them; everything else is as an acquisition leaves it.
 * Takes some 3 s and 10 s for every million. Returns the folder.
 */
async function writeLargeCase(path: string, events: number): Promise<string> {
  const folder = `${path}.phonehome`;
  await rm(folder, { recursive: true, force: true });
  await acquired(path);
  const database = await CaseDatabase.open(`${folder}/case.sqlite`, 'write');
  try {
    await database.transaction(() => fill(database, events));
  } finally {
    await database.close();
  }
  return folder;
}

async function fill(database: CaseDatabase, events: number): Promise<void> {
  const series = await database.all<{ id: number; uid: number; foreground: number | null; n: number }>(
    `SELECT s.id, s.uid, s.foreground, count(*) n FROM series s JOIN volume v ON v.series = s.id WHERE v.counted = 1
     GROUP BY s.uid, s.network, s.counter_set ORDER BY s.id`,
  );
  await database.run('DELETE FROM volume');
  await database.run('DELETE FROM finding');
  for (const name of ['volume_time', 'volume_series']) await database.run(`DROP INDEX IF EXISTS ${name}`);
  const bucket = bucketFor(events, series.length);
  const steps = Math.floor(MONTHS / bucket);
  const first = Math.floor((END - MONTHS) / bucket) * bucket;
  const random = chance(events);
  const rate = events / (series.length * steps);
  if (rate > 0.95) throw new Error(`${events} events do not fit ${series.length} series of ${steps} buckets`);
  // Each series has a size of its own, over four powers of ten as on real phones.
  const size = series.map(() => 10 ** (2.5 + 4 * random()) * (bucket / HOUR));
  let id = 0;
  let rows: (number | null)[][] = [];
  const left = { events, cells: series.length * steps };
  for (const [n, one] of series.entries()) {
    for (let step = 0; step < steps; step += 1, left.cells -= 1) {
      if (random() >= left.events / left.cells) continue;
      left.events -= 1;
      id += 1;
      const from = first + step * bucket;
      const burst = random() < 0.01 ? 30 : 1;
      const bytes = size[n]! * burst * byHour(from) * (0.1 + random() * 2);
      const sent = Math.round(bytes * (0.1 + random() * 0.3));
      const received = Math.round(bytes);
      rows.push([
        id,
        one.id,
        from,
        from + bucket,
        sent,
        received,
        1 + (sent >> 9),
        1 + (received >> 10),
        1,
        null,
        id * 57,
        null,
      ]);
      if (rows.length < LOADED_AT_ONCE) continue;
      await database.load('volume', columns.volume, rows);
      rows = [];
    }
  }
  await database.load('volume', columns.volume, rows);
  await database.run(`UPDATE coverage SET from_us = ? WHERE source = 'per-app history'`, [first]);
  await database.script(indexes.join(';'));
  await rollUp(database);
}

if (import.meta.main) {
  const [events = '1000000', path = '/tmp/large'] = process.argv.slice(2);
  const from = performance.now();
  const folder = await writeLargeCase(path, Number(events));
  console.log(`${folder}: ${events} events in ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
