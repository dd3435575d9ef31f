import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StepView } from '../../../../../shared/types/task.ts';
import { MemoryKeeper } from '../../../../../test/support/memory-keeper.ts';
import { readyPhone } from '../../../../../test/support/scripted-bridge.ts';
import type { CommandResult, DeviceBridge, RunOptions } from '../../../ports/device-bridge.ts';
import { type AcquireLiveOptions, acquireLive } from './acquire-live.ts';
import type { LiveSample } from './beat.ts';
import type { LiveCompanion } from './companion.ts';

const clock = { now: () => Math.round((performance.timeOrigin + performance.now()) * 1000) };
const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** A phone that answers at once, and can be pulled off its cable, slow, or unwilling. */
class Phone implements DeviceBridge {
  here = true;
  slowMs = 0;
  bootId = 1;
  refuses: (command: string) => boolean = () => false;
  readonly asked: { readonly command: string; readonly at: number }[] = [];
  underWay = 0;
  most = 0;
  readonly startedUs = clock.now() - 1_000_000_000;

  async list() {
    return {
      bridge: { state: 'ready' as const, adbPath: null, version: null, advice: null },
      devices: this.here ? [readyPhone('S1')] : [],
    };
  }
  watch = () => () => {};
  async close() {}
  #answer(command: string): string {
    const stamp = `${(clock.now() / 1e6).toFixed(6)}000\n${((clock.now() - this.startedUs) / 1e6).toFixed(2)} 1.00\n`;
    if (command === 'date +%s.%N; cat /proc/uptime') return stamp;
    if (command.includes('/proc/net/tcp')) return `${stamp}${heading}`;
    if (command.includes('netstats')) return `${stamp}BPF map content:\n  mAppUidStatsMap:\n    10001 1 1 1 1\n`;
    if (command.includes('boot_id')) return `00000000-0000-4000-8000-00000000000${this.bootId}\n`;
    if (command === 'getprop') return '[ro.build.version.sdk]: [34]\n[ro.serialno]: [S1]\n';
    if (command === 'getprop ro.serialno') return 'S1\n';
    if (command === 'pm list users') return 'Users:\n\tUserInfo{0:Owner:c13} running\n';
    return `${command}\n`;
  }
  async run(_serial: string, command: string, options: RunOptions, sink: (chunk: Uint8Array) => Promise<void> | void) {
    this.asked.push({ command, at: performance.now() });
    const hostBeforeUs = clock.now();
    const watched = command.startsWith('date') && command.length > 40;
    if (watched) this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    if (this.slowMs > 0 && watched) await pause(this.slowMs, undefined, { signal: options.signal }).catch(() => {});
    if (watched) this.underWay -= 1;
    const result = (ending: CommandResult['ending'], exit: number | null, stderr = ''): CommandResult => ({
      ending,
      exit,
      stderr: Buffer.from(stderr),
      hostBeforeUs,
      hostAfterUs: clock.now(),
    });
    if (options.signal.aborted) return result('cancelled', null);
    if (!this.here) return result('phone gone', null);
    if (this.refuses(command)) return result('exit', 1, 'java.lang.SecurityException: no permission\n');
    await sink(Buffer.from(this.#answer(command)));
    return result('exit', 0);
  }
}

function live(phone: Phone, change: Partial<AcquireLiveOptions> = {}) {
  const keep = new MemoryKeeper();
  const end = new AbortController();
  const samples: LiveSample[] = [];
  const closed = new Set<string>();
  let late = 0;
  let steps: readonly StepView[] = [];
  const ended = acquireLive({
    bridge: phone,
    quietBridge: phone,
    clock,
    keep,
    serial: null,
    signal: end.signal,
    forMs: null,
    progress: {
      steps(now) {
        steps = now;
      },
      now() {},
    },
    listener: {
      began() {},
      sample(sample) {
        samples.push(sample);
        if (closed.has(`${sample.row.id} ${sample.place.segment}`)) late += 1;
      },
      segment: (row, segment) => closed.add(`${row.id} ${segment}`),
      lost() {},
      returned() {},
      companionBytes() {},
      ending() {},
    },
    pace: { segments: { longestMs: 400, mostBytes: 1 << 20 }, periodMs: (row) => (row.id === 'sockets' ? 40 : 100) },
    ...change,
  });
  const of = (id: string) => samples.filter(({ row }) => row.id === id);
  const logged = (action: string) => keep.logged.filter((line) => line.action === action).map(({ details }) => details);
  return { keep, end, ended, samples, of, logged, steps: () => steps, closed, late: () => late };
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await pause(10);
  expect(holds()).toBe(true);
};

describe('watching a phone live', () => {
  it('asks each row at its pace until it is ended, and that is a complete acquisition', async () => {
    const phone = new Phone();
    const watched = live(phone);
    await until(() => watched.of('sockets').length >= 12);
    watched.end.abort();
    const result = await watched.ended;
    expect(result.state).toBe('complete');
    expect(result.offsetAfter).not.toBeNull();
    expect(watched.of('kernel counters').length).toBeGreaterThanOrEqual(3);
    expect(watched.of('sockets').map(({ head }) => head.sample)).toEqual(watched.of('sockets').map((_, n) => n + 1));
    expect(new Set(watched.samples.map(({ stretch }) => stretch))).toEqual(new Set([1]));
    expect(result.steps.at(-2)).toMatchObject({ id: 'live', state: 'complete' });
    expect(
      watched
        .steps()
        .map(({ id }) => id)
        .slice(-2),
    ).toEqual(['live', 'clock after']);
    expect(result.live!.rows.map(({ id, gaps }) => [id, gaps])).toEqual([
      ['sockets', 0],
      ['kernel counters', 0],
    ]);
    expect(watched.keep.stillOpen).toBe(0);
  });

  it('keeps the answers in segments, whose commands stand in no line of their own', async () => {
    const phone = new Phone();
    const watched = live(phone, { forMs: 1000 });
    await watched.ended;
    const segments = watched.keep.kept.filter(({ section }) => section === 'live samples');
    expect(segments.length).toBeGreaterThanOrEqual(4);
    const sockets = segments
      .filter(({ command }) => command.step === 'live sockets')
      .map(({ content }) => content.toString());
    const numbers = sockets.flatMap((text) =>
      [...text.matchAll(/^\{"sample":(\d+)/gm)].map(([, number]) => Number(number)),
    );
    expect(numbers).toEqual(watched.of('sockets').map(({ head }) => head.sample));
    for (const text of sockets)
      expect(text).toMatch(/^\{"form":"Phonehome live segment".*\n[\s\S]*\n\{"end":"(?:full|end)","samples":\d+\}\n$/);
    expect(
      watched
        .logged('live.segment')
        .map(({ samples }) => Number(samples))
        .reduce((a, b) => a + b),
    ).toBe(watched.samples.length);
    // A segment that has its last name is told of after all its answers.
    expect([watched.closed.size, watched.late()]).toEqual([segments.length, 0]);
    // Where the bytes of an answer stand is what the listener was told.
    const { place, head } = watched.of('sockets')[0]!;
    expect(sockets[0]!.slice(place.offset, place.offset + head.bytes)).toContain('sl  local_address');
    expect(sockets[0]!.split('\n')[place.line - 1]).toMatch(/^\d+\.\d{9}$/);
  });

  it('a slow phone skips beats: never is a row asked twice at once', async () => {
    const phone = new Phone();
    phone.slowMs = 130;
    const watched = live(phone, { forMs: 1000 });
    const result = await watched.ended;
    // Two rows, each once at a time.
    expect(phone.most).toBeLessThanOrEqual(2);
    expect(watched.of('sockets').length).toBeLessThanOrEqual(8);
    expect(result.live!.rows.every(({ gaps }) => gaps === 0)).toBe(true);
  });

  it('waits for a phone that goes away, and says that there is a gap', async () => {
    const phone = new Phone();
    const watched = live(phone);
    await until(() => watched.of('sockets').length >= 3);
    phone.here = false;
    await until(() => watched.logged('phone.lost').length > 0);
    const before = watched.samples.length;
    phone.here = true;
    await until(() => watched.samples.length > before + 3);
    watched.end.abort();
    const result = await watched.ended;
    expect(result.state).toBe('complete');
    expect(watched.logged('phone.returned')).toMatchObject([{ startedAnew: false }]);
    expect(watched.of('sockets').at(-1)!.stretch).toBe(2);
    expect(watched.logged('live.gap').map(({ why }) => why)).toContain('The connection to the phone was lost.');
    expect(result.notes).toEqual([]);
  });

  it('says where the phone was started anew meanwhile', async () => {
    const phone = new Phone();
    const watched = live(phone);
    await until(() => watched.of('sockets').length >= 2);
    phone.here = false;
    await until(() => watched.logged('phone.lost').length > 0);
    phone.bootId = 2;
    phone.here = true;
    await until(() => watched.of('sockets').at(-1)!.stretch === 2);
    watched.end.abort();
    expect((await watched.ended).notes).toEqual([expect.stringMatching(/^The phone was started anew/)]);
  });

  it('notices that this computer slept, compares the clocks anew, and begins a new stretch', async () => {
    const phone = new Phone();
    let sleptUs = 0;
    const watched = live(phone, { clock: { now: () => clock.now() + sleptUs } });
    await until(() => watched.of('sockets').length >= 3);
    sleptUs = 3_600_000_000;
    await until(
      () => watched.of('kernel counters').at(-1)!.stretch === 2 && watched.of('sockets').at(-1)!.stretch === 2,
    );
    watched.end.abort();
    const result = await watched.ended;
    expect(watched.logged('live.gap').map(({ why }) => why)).toEqual(
      Array.from({ length: 2 }, () => 'This computer slept, or its clock was set.'),
    );
    const compared = watched.logged('clock.compared').filter(({ step }) => step === 'clock again');
    expect(compared.length).toBeGreaterThanOrEqual(1);
    expect(result.live!.rows.map(({ gaps }) => gaps)).toEqual([1, 1]);
  });

  it('ended while the phone is away it says that the clocks were not compared again', async () => {
    const phone = new Phone();
    const watched = live(phone);
    await until(() => watched.of('sockets').length >= 2);
    phone.here = false;
    await until(() => watched.logged('phone.lost').length > 0);
    watched.end.abort();
    const result = await watched.ended;
    expect(result.state).toBe('interrupted');
    expect(result.steps.at(-1)).toMatchObject({ id: 'clock after', state: 'interrupted' });
    expect(watched.keep.stillOpen).toBe(0);
  });

  it('leaves out what the phone refuses, at the first pass or later, and goes on with the rest', async () => {
    const phone = new Phone();
    phone.refuses = (command) => command.includes('netstats');
    const first = live(phone, { forMs: 200 });
    const result = await first.ended;
    expect(result.live!.rows.map(({ id }) => id)).toEqual(['sockets']);
    expect(result.refused.map(({ id }) => id)).toEqual(['kernel counters']);

    const later = new Phone();
    const watched = live(later);
    await until(() => watched.of('sockets').length >= 2);
    later.refuses = (command) => command.includes('/proc/net/tcp');
    await until(() => watched.logged('live.left-out').length > 0);
    const counters = watched.of('kernel counters').length;
    await until(() => watched.of('kernel counters').length > counters + 1);
    watched.end.abort();
    expect((await watched.ended).steps.find(({ id }) => id === 'live')).toMatchObject({
      state: 'complete',
      why: expect.stringMatching(/^Open connections: The phone refused/),
    });
  });

  it('ends by itself where the phone shows nothing that moves', async () => {
    const phone = new Phone();
    phone.refuses = (command) => command.startsWith('date') && command.length > 40;
    const result = await live(phone).ended;
    expect(result.state).toBe('partial');
    expect(result.notes).toEqual([expect.stringMatching(/nothing to watch/)]);
  });

  it('runs companions beside it, once for each connection, and ends them with it', async () => {
    const phone = new Phone();
    const runs: string[] = [];
    const companion: LiveCompanion = {
      id: 'beside',
      async run(at) {
        runs.push('began');
        at.received(10);
        at.note('Seen beside.');
        await new Promise((resolve) => at.signal.addEventListener('abort', resolve, { once: true }));
        runs.push('ended');
      },
    };
    const watched = live(phone, { companions: [companion] });
    await until(() => watched.of('sockets').length >= 2);
    phone.here = false;
    await until(() => watched.logged('phone.lost').length > 0);
    phone.here = true;
    await until(() => runs.length === 3);
    watched.end.abort();
    expect((await watched.ended).notes).toEqual(['Seen beside.']);
    expect(runs).toEqual(['began', 'ended', 'began', 'ended']);
  });

  it('ends with the keeper’s failure, leaving nothing open', async () => {
    const phone = new Phone();
    const watched = live(phone);
    watched.keep.onWrite = ({ name }) => {
      if (name === 'Open connections, watched' && watched.samples.length > 3) throw new Error('the disk is full');
    };
    await expect(watched.ended).rejects.toThrow('the disk is full');
    expect(watched.keep.stillOpen).toBe(0);
    expect(watched.keep.kept.filter(({ section }) => section === 'live samples').length).toBeGreaterThan(0);
  });
});
