import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../main/engine/engine.ts';
import type { OpenCase } from '../../../main/engine/engine-api.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { type AndroidVersion, createPracticePhone, createWorld } from '../../../main/practice/index.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import type { EventView } from '../../../shared/types/event.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { temporaryFolder, work } from '../../support/engine.ts';
import { restartable } from '../../support/interrupted-runs.ts';
import { hurriedPace } from '../../support/live-pace.ts';
import { adbBench, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('live acquisitions of a practice phone over the real adb server');

function practicePhone(android: AndroidVersion, change: { readonly seed?: number } = {}) {
  const world = createWorld({ seed: 5, android, maker: 'xiaomi', nowUs: systemClock.now(), days: 4, ...change });
  return restartable(createPracticePhone(world, { nowUs: systemClock.now, running: true }));
}

async function linesOf(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(path, 'custody.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe.skipIf(realAdb === null)('a live acquisition of a practice phone over the real adb server', () => {
  const bench = adbBench((bridge) => until('no phone is left', async () => (await bridge.list()).devices.length === 0));
  const engine = () =>
    createEngine({
      bridge: bench.bridge,
      clock: systemClock,
      log: { note() {} },
      resources: join(import.meta.dirname, '../../../resources'),
      version: 'test',
      livePace: hurriedPace,
    });
  const plug = async (android: AndroidVersion) => {
    const phone = practicePhone(android);
    const device = await bench.plug(phone);
    await until('the phone is listed', async () => {
      const { devices } = await bench.bridge.list();
      return devices.some(
        ({ serial, state, model }) => serial === device.serial && state === 'device' && model !== null,
      );
    });
    return { phone, device, serial: device.serial };
  };

  /** Watches; `meanwhile` is told each picture, and ends it by aborting. */
  async function watch(
    open: OpenCase,
    serial: string,
    meanwhile: (view: LiveView, end: () => void) => Promise<void> | void,
    forMs?: number,
  ) {
    const end = new AbortController();
    const views: LiveView[] = [];
    let last: Promise<void> = Promise.resolve();
    const progress = {
      steps() {},
      now() {},
      live(view: LiveView) {
        views.push(view);
        last = last.then(() => meanwhile(view, () => end.abort()));
      },
    };
    const outcome: AcquireOutcome = await open.acquire(
      { serial, profile: 'live', forMs },
      { signal: end.signal, progress },
    );
    await last;
    return { outcome, views };
  }

  /** The case as it stands is what is derived anew from log and evidence, and it verifies. */
  async function holds(open: OpenCase, path: string): Promise<void> {
    await open.rebuild(work());
    expect((await linesOf(path)).at(-1)).toMatchObject({ action: 'case.rebuilt', identical: true });
    const verified = await open.verify(work());
    expect(verified.failures).toEqual([]);
  }

  it('shows what comes while it comes, ends in order, and says the same when it is derived anew', async () => {
    await using folder = await temporaryFolder();
    const { serial } = await plug(14);
    const path = join(folder.path, 'live.phonehome');
    const open = await engine().createCase(path, emptyCaseInfo);
    let during = { contacts: 0, lanes: 0, raw: '', bytes: 0 };
    const placeOf = (event: EventView) => [event.remote!.ip, event.place, event.operator] as const;
    const places = new Map<string, ReturnType<typeof placeOf>>();
    let countries: string[] = [];
    const { outcome, views } = await watch(
      open,
      serial,
      async (view, end) => {
        if (view.state !== 'watching' || view.rounds < 10 || during.contacts > 0) return;
        const { events } = await open.events({ kind: 'contact' }, 500, 0);
        const { fromUs, toUs } = await open.overview(100);
        const window = await open.window({ by: 'app', fromUs, toUs, buckets: 500, filter: {} });
        const detail = await open.eventDetail(events.at(-1)!.id);
        for (const event of events) places.set(event.remote!.ip, placeOf(event));
        const lanes = await open.window({ by: 'country', fromUs, toUs, buckets: 500, filter: { kind: 'contact' } });
        countries = lanes.lanes.map(({ key }) => key);
        during = {
          contacts: events.length,
          lanes: window.lanes.filter(({ contacts }) => contacts).length,
          raw: detail.raw.lines.find(({ hit }) => hit)?.text ?? '',
          bytes: (await open.summary()).bytes.sent,
        };
        end();
      },
      60_000,
    );
    expect(outcome).toMatchObject({ state: 'complete', refused: [] });
    expect(outcome.live!.rows.map(({ id, gaps }) => [id, gaps])).toEqual([
      ['sockets', 0],
      ['kernel counters', 0],
    ]);
    expect(during.contacts).toBeGreaterThan(0);
    expect(during.lanes).toBeGreaterThan(0);
    // Where they lead is said at once, a country or that the address is no public one, and it is what is said in the end.
    expect(countries.length).toBeGreaterThan(0);
    expect(countries.filter((key) => key !== 'inner' && !/^[A-Z]{2}$/.test(key))).toEqual([]);
    const { events: after } = await open.events({ kind: 'contact' }, 1000, 0);
    const ended = new Map(after.map((event) => [event.remote!.ip, placeOf(event)]));
    for (const [ip, said] of places) expect(ended.get(ip)).toEqual(said);
    expect(during.raw).toMatch(/^ *\d+: [0-9A-F]{8}/);
    expect(views.at(-1)!.sent).toBeGreaterThan(0);
    expect(views.at(-1)!.busiest.length).toBeGreaterThan(0);

    const summary = await open.summary();
    expect(summary.events.contact).toBeGreaterThan(0);
    expect(summary.hosts).toBeGreaterThan(0);
    // What the counters grew by is counted: nothing else in this case covers the time.
    expect(summary.bytes.sent).toBeGreaterThan(0);
    expect(summary.coverage.map(({ source }) => source)).toEqual(['live counters', 'live sockets']);
    const [contact] = (await open.events({ kind: 'contact' }, 1, 0)).events;
    const detail = await open.eventDetail(contact!.id);
    expect(detail.artifact).toMatch(/sockets/);
    expect(detail.raw.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(detail.raw.lines.some(({ hit, text }) => hit && /^ *\d+: [0-9A-F]{8}/.test(text))).toBe(true);
    const host = contact!.remote!.ip;
    const ofHost = await open.events({ host }, 500, 0);
    expect(ofHost.events.every(({ remote }) => remote?.ip === host)).toBe(true);
    expect(ofHost.total).toBeGreaterThan(0);
    await holds(open, path);
    expect(await open.summary()).toMatchObject({ events: summary.events, bytes: summary.bytes, hosts: summary.hosts });

    // Commands of the loop have no line of their own in the log; their segments have.
    const lines = await linesOf(path);
    const commands = lines.filter(({ action }) => action === 'phone.command').map(({ command }) => String(command));
    expect(commands.filter((command) => command.includes('/proc/net/tcp')).length).toBe(1);
    const segments = lines.filter(({ action }) => action === 'live.segment');
    const answers = outcome.live!.rows.reduce((sum, row) => sum + row.answers, 0);
    expect(segments.reduce((sum, line) => sum + Number(line.samples), 0)).toBe(answers);
    await open.close();
  }, 60_000);

  it.each([5, 9] as const)(
    'Android %d: its own forms of both',
    async (android) => {
      await using folder = await temporaryFolder();
      const { serial } = await plug(android);
      const path = join(folder.path, 'live.phonehome');
      const open = await engine().createCase(path, emptyCaseInfo);
      const { outcome } = await watch(open, serial, () => {}, 2500);
      expect(outcome).toMatchObject({ state: 'complete', refused: [] });
      const { events, bytes } = await open.summary();
      expect(events.contact).toBeGreaterThan(0);
      expect(bytes.sent + bytes.received).toBeGreaterThan(0);
      await holds(open, path);
      await open.close();
    },
    60_000,
  );

  it('a cable pulled and put back: the same phone, a gap in the coverage, and all of it in one acquisition', async () => {
    await using folder = await temporaryFolder();
    const { device, serial } = await plug(13);
    const path = join(folder.path, 'live.phonehome');
    const open = await engine().createCase(path, emptyCaseInfo);
    let pulled = 0;
    let back = 0;
    const { outcome, views } = await watch(open, serial, (view, end) => {
      if (pulled === 0 && view.rounds >= 5) {
        pulled = view.rounds;
        device.unplug();
      } else if (view.state === 'waiting' && back === 0) {
        back = 1;
        setTimeout(() => device.plugIn(), 500);
      } else if (view.state === 'watching' && back > 0 && view.rounds >= pulled + 6) end();
    });
    expect(outcome.state).toBe('complete');
    expect(outcome.notes).toEqual([]);
    expect(views.some(({ state, gaps }) => state === 'waiting' && gaps.at(-1)?.toUs === null)).toBe(true);
    expect(views.at(-1)!.gaps).toMatchObject([{ fromUs: expect.any(Number), toUs: expect.any(Number) }]);
    const { coverage } = await open.summary();
    const sockets = coverage.filter(({ source }) => source === 'live sockets');
    expect(sockets).toHaveLength(2);
    expect(sockets[1]!.fromUs - sockets[0]!.toUs).toBeGreaterThan(500_000);
    const { context } = await open.overview(10);
    expect(context.filter(({ name }) => name.startsWith('Gap in acquisition'))).toHaveLength(1);
    const lines = await linesOf(path);
    expect(lines.find(({ action }) => action === 'phone.returned')).toMatchObject({ startedAnew: false });
    // Contacts of before the gap have an open end, and none lasts over it.
    const { events } = await open.events({ kind: 'contact' }, 1000, 0);
    const over = events.filter(({ from, to }) => from < isoOf(sockets[0]!.toUs) && to > isoOf(sockets[1]!.fromUs));
    expect(over).toEqual([]);
    await holds(open, path);
    await open.close();
  }, 60_000);

  it('a phone that was started anew meanwhile: it is said, and its counters are not compared over it', async () => {
    await using folder = await temporaryFolder();
    const { device, phone, serial } = await plug(14);
    const path = join(folder.path, 'live.phonehome');
    const open = await engine().createCase(path, emptyCaseInfo);
    let pulled = 0;
    let back = 0;
    const { outcome } = await watch(open, serial, (view, end) => {
      if (pulled === 0 && view.rounds >= 5) {
        pulled = view.rounds;
        device.unplug();
      } else if (view.state === 'waiting' && back === 0) {
        back = 1;
        phone.restart();
        setTimeout(() => device.plugIn(), 200);
      } else if (view.state === 'watching' && back > 0 && view.rounds >= pulled + 6) end();
    });
    expect(outcome.notes).toEqual([expect.stringMatching(/^The phone was started anew/)]);
    const warnings = await open.warnings(100, 0);
    expect(warnings.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/started anew between two looks/),
    );
    await holds(open, path);
    await open.close();
  }, 60_000);

  it('Android 11 shows its counters to no one: that is said, and the connections are watched', async () => {
    await using folder = await temporaryFolder();
    const { serial } = await plug(11);
    const open = await engine().createCase(join(folder.path, 'live'), emptyCaseInfo);
    const { outcome, views } = await watch(open, serial, () => {}, 1500);
    expect(outcome.state).toBe('complete');
    expect(outcome.live!.rows.map(({ id }) => id)).toEqual(['sockets']);
    expect(views.at(-1)).toMatchObject({ sent: null, received: null });
    await open.close();
  }, 60_000);

  it('killed in the middle: what was seen is there, the case verifies, and derived anew it says the same', async () => {
    await using folder = await temporaryFolder();
    const { serial } = await plug(14);
    const path = join(folder.path, 'live.phonehome');
    await (await engine().createCase(path, emptyCaseInfo)).close();
    const script = join(import.meta.dirname, '../../support/killed-live.ts');
    const child = spawn(process.execPath, [script, path, serial, String(bench.server.port)], {
      env: bench.server.environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rounds = 0;
    child.stdout.on('data', (piece) => {
      rounds = Math.max(rounds, ...String(piece).trim().split('\n').map(Number));
      if (rounds >= 12) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(child.signalCode).toBe('SIGKILL');
    const open = await engine().openCase(path);
    const [batch] = await open.batches();
    expect(batch).toMatchObject({ state: 'interrupted', profile: 'live' });
    const { events, coverage } = await open.summary();
    expect(events.contact).toBeGreaterThan(0);
    expect(coverage.map(({ source }) => source)).toContain('live sockets');
    const evidence = await open.evidence();
    expect(
      evidence.filter(({ name, state }) => name.endsWith('watched') && state === 'interrupted').length,
    ).toBeGreaterThan(0);
    await holds(open, path);
    // And the next one goes on in the same case.
    const { outcome } = await watch(open, serial, () => {}, 800);
    expect(outcome.state).toBe('complete');
    await holds(open, path);
    await open.close();
  }, 90_000);

  it('is not counted twice where the phone’s own history covers the time', async () => {
    await using folder = await temporaryFolder();
    const { serial } = await plug(14);
    const path = join(folder.path, 'live.phonehome');
    const open = await engine().createCase(path, emptyCaseInfo);
    await watch(open, serial, () => {}, 2500);
    const live = (await open.events({ kind: 'volume', countedOnly: true }, 1000, 0)).events;
    expect(live.length).toBeGreaterThan(0);
    await open.acquire({ serial, profile: 'quick' }, work());
    const counted = (await open.events({ kind: 'volume', countedOnly: true }, 100_000, 0)).events;
    expect(counted.some(({ evidence }) => evidence.section === 'kernel counters')).toBe(false);
    expect((await open.eventDetail(live[0]!.id)).notCounted).toMatch(/history in this case covers the same time/);
    await holds(open, path);
    await open.close();
  }, 60_000);
});

const isoOf = (us: number): string => new Date(us / 1000).toISOString();
