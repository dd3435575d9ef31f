import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../../shared/base/failure.ts';
import type { StepView } from '../../../../shared/types/task.ts';
import { MemoryKeeper } from '../../../../test/support/memory-keeper.ts';
import { readyPhone, ScriptedBridge, type ScriptedResult } from '../../../../test/support/scripted-bridge.ts';
import { type AcquireFromDeviceOptions, acquireFromDevice } from './acquire-from-device.ts';
import { lanesOf } from './lanes.ts';
import { acquisitionPlan, planFor, stagesOf } from './plan.ts';

const users = 'Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:Work:1030} running\n';
const three = ['netstats --full', '-u --user 0', '-u --user 10'] as const;
const isOneOf = (command: string) => three.some((part) => command.includes(part));

/** A phone on which commands take a while, with a book of what was under way at the same time. */
function phone(
  change: (command: string, times: number) => ScriptedResult | null = () => null,
  sdk: number | null = 33,
) {
  const times = new Map<string, number>();
  const underWay = new Set<string>();
  const book: { readonly command: string; readonly beside: readonly string[] }[] = [];
  const ended: string[] = [];
  const said = (command: string): ScriptedResult => {
    if (command.startsWith('date')) {
      return { stdout: `${Math.floor(bridge.nowUs / 1e6)}.000000000\n100.00 200.00\nwhat is dated by it\n` };
    }
    if (command === 'getprop') return { stdout: sdk === null ? '[a]: [b]\n' : `[ro.build.version.sdk]: [${sdk}]\n` };
    if (command === 'pm list users') return { stdout: users };
    return { stdout: `${command}\n` };
  };
  const bridge: ScriptedBridge = new ScriptedBridge((command) => {
    times.set(command, (times.get(command) ?? 0) + 1);
    const slowly = {
      ...said(command),
      until: turn()
        .then(() => turn())
        .then(() => undefined),
    };
    return change(command, times.get(command)!) ?? slowly;
  });
  const run = bridge.run.bind(bridge);
  let n = 0;
  bridge.run = async (serial, command, options, sink) => {
    n += 1;
    const own = `${n} ${command}`;
    underWay.add(own);
    book.push({ command, beside: [...underWay].filter((one) => one !== own) });
    try {
      return await run(serial, command, options, sink);
    } finally {
      underWay.delete(own);
      ended.push(command);
    }
  };
  const keep = new MemoryKeeper();
  const controller = new AbortController();
  const shown: (readonly StepView[])[] = [];
  const phrases: string[] = [];
  const acquire = (options: Partial<AcquireFromDeviceOptions> = {}) =>
    acquireFromDevice({
      bridge,
      clock: bridge.clock,
      serial: null,
      profile: 'full',
      signal: controller.signal,
      keep,
      progress: { steps: (steps) => shown.push(steps), now: (phrase) => phrases.push(phrase) },
      ...options,
    });
  const most = (of: (command: string) => boolean) =>
    Math.max(0, ...book.filter(({ command }) => of(command)).map(({ beside }) => beside.length + 1));
  const logged = (action: string) => keep.logged.filter((one) => one.action === action).map(({ details }) => details);
  return { bridge, keep, controller, acquire, book, ended, shown, phrases, most, logged };
}

/** Resolves for all of them once so many have come to it. */
function meeting(count: number, then: () => ScriptedResult | undefined) {
  let came = 0;
  const { promise, resolve } = Promise.withResolvers<ScriptedResult | undefined>();
  return () => {
    came += 1;
    if (came === count) resolve(then());
    return promise;
  };
}

describe('commands side by side', () => {
  it('begin in the order of the plan, three at once, each stage when the one before is over', async () => {
    const { acquire, book, ended, most } = phone();
    expect((await acquire({ extras: ['netstats-poll'] })).state).toBe('complete');
    const asked = book.map(({ command }) => command);
    const firsts = [...new Set(asked)];
    const moment = firsts.slice(
      firsts.findIndex((one) => one.startsWith('logcat')),
      firsts.findIndex((one) => one.includes('netstats --full')),
    );
    expect(moment.map((one) => /logcat|net\/tcp|net\/dev|connmetrics|connectivity/.exec(one)?.[0])).toEqual([
      'logcat',
      'net/tcp',
      'net/dev',
      'connmetrics',
      'connectivity',
      'connectivity',
    ]);
    expect(most(() => true)).toBe(4); // the comparison of the clocks, which asks one thing four times at once
    expect(most((command) => !command.startsWith('date +%s.%N; cat /proc/uptime'))).toBe(3);
    // Of what is soon forgotten nothing is under way any more when the history begins.
    const history = asked.findIndex((one) => one.includes('netstats --full'));
    for (const one of moment) expect(ended.indexOf(one)).toBeLessThan(history);
    expect(book[history]!.beside).toEqual([]);
  });

  it('are not what changes the phone, the clock, or the question who it is', async () => {
    const { acquire, book } = phone();
    await acquire({ extras: ['netstats-poll'] });
    const alone = book.filter(({ command }) => command === 'getprop' || command.includes('--poll'));
    expect(alone.map(({ beside }) => beside)).toEqual([[], []]);
    for (const { beside } of book.filter(({ command }) => command.endsWith('cat /proc/uptime')))
      expect(beside.every((one) => one.endsWith('cat /proc/uptime'))).toBe(true);
    expect(book.at(-1)!.command).toContain('date');
  });

  it.each([
    ['an Android that starts a machine for each', 22, 2],
    ['a phone that does not say its Android', null, 1],
  ])('are fewer on %s', async (_, sdk, most) => {
    const made = phone(() => null, sdk);
    await made.acquire();
    expect(made.most((command) => !command.startsWith('date +%s.%N; cat /proc/uptime'))).toBe(most);
  });

  it('are fewer on a phone with little memory', () => {
    const sdk = { 'ro.build.version.sdk': '34' };
    expect([lanesOf(sdk), lanesOf({ ...sdk, 'ro.config.low_ram': 'true' }), lanesOf({})]).toEqual([3, 2, 1]);
  });

  it('are all shown as running, and named', async () => {
    const { acquire, shown, phrases } = phone();
    await acquire();
    const running = shown.map((steps) => steps.filter(({ state }) => state === 'running').length);
    expect(Math.max(...running)).toBe(3);
    expect(phrases).toContain('Reading: Bytes per app and network, Apps, user 0, Apps, user 10');
  });

  it('are asked about the users that were known before, stage by stage', () => {
    for (const profile of ['quick', 'full'] as const) {
      const stages = stagesOf(planFor(profile));
      const known = stages.findIndex((rows) => rows.some(({ id }) => id === 'users'));
      const needed = stages.findIndex((rows) => rows.some(({ perUser }) => perUser));
      expect(known).toBeLessThan(needed);
    }
    for (const rows of stagesOf(acquisitionPlan)) {
      if (rows.length > 1) for (const row of rows) expect([row.extra, row.clock]).toEqual([null, undefined]);
      expect(new Set(rows.map(({ volatile }) => volatile)).size === 1 || rows[0]!.together === 'start').toBe(true);
    }
  });
});

describe('a cable pulled with three commands under way', () => {
  const half = { stdout: 'half of', ending: 'phone gone' } as const;
  const back = (bridge: ScriptedBridge) => {
    const list = bridge.list.bind(bridge);
    bridge.list = async () => {
      const view = await list();
      bridge.devices = [readyPhone('S1')];
      return view;
    };
  };

  it('all three are asked again, one at a time, and the rest goes on side by side', async () => {
    const pulled = meeting(3, () => {
      made.bridge.devices = [];
      return { ending: 'phone gone' };
    });
    const made = phone((command, times) =>
      isOneOf(command) && times === 1 ? { stdout: 'half of', until: pulled() } : null,
    );
    back(made.bridge);
    const result = await made.acquire({ waitMs: 20_000 });
    expect(result.state).toBe('complete');
    expect(made.logged('phone.lost')).toMatchObject([
      { step: 'netstats', underWay: ['netstats', 'packages:0', 'packages:10'] },
    ]);
    expect(made.logged('phone.returned')).toHaveLength(1);
    const again = made.book.filter(({ command }) => isOneOf(command)).slice(3);
    expect(again.map(({ beside }) => beside)).toEqual([[], [], []]);
    for (const step of ['netstats', 'packages:0', 'packages:10']) {
      const tries = made.keep.kept.filter(({ command }) => command.step === step);
      expect(tries.map(({ state }) => state)).toEqual(['interrupted', 'complete']);
      expect(result.steps.find(({ id }) => id === step)!.evidence).toEqual(tries.map(({ id }) => id));
    }
    const rest = made.book.filter(({ command }) => /appops|alarm|batterystats/.test(command));
    expect(Math.max(...rest.map(({ beside }) => beside.length + 1))).toBe(3);
    expect(made.keep.stillOpen).toBe(0);
  });

  it('one that breaks it each time is left after three tries, and its neighbours are not', async () => {
    const made = phone((command) => {
      if (!command.includes('netstats --full')) return null;
      made.bridge.devices = [];
      return half;
    });
    back(made.bridge);
    const result = await made.acquire({ waitMs: 20_000 });
    expect(result.refused.map(({ id, state }) => [id, state])).toEqual([['netstats', 'interrupted']]);
    expect(made.keep.kept.filter(({ command }) => command.step === 'netstats')).toHaveLength(3);
  });

  it('without waiting: what came is kept, nothing more is asked', async () => {
    const pulled = meeting(3, () => ({ ending: 'phone gone' }));
    const made = phone((command) => (isOneOf(command) ? { stdout: 'half of', until: pulled() } : null));
    const result = await made.acquire();
    expect(result.state).toBe('interrupted');
    const cut = made.keep.kept.filter(({ state }) => state === 'interrupted');
    expect(cut.map(({ command }) => command.step).sort()).toEqual(['netstats', 'packages:0', 'packages:10']);
    expect(made.book.at(-1)!.command).toContain('--user 10');
    expect(result.steps.find(({ id }) => id === 'alarm')).toMatchObject({
      state: 'interrupted',
      why: 'The connection to the phone was lost before its turn.',
    });
  });

  describe('where only one notices', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('the others are given up after a moment', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const never = new Promise<undefined>(() => {});
      const made = phone((command) => {
        if (!isOneOf(command)) return null;
        return command.includes('netstats') ? { stdout: 'half of', until: never } : half;
      });
      const running = made.acquire();
      for (let rounds = 0; !made.ended.some((one) => one.includes('--user 10')); rounds += 1) {
        expect(rounds).toBeLessThan(10_000);
        await turn();
      }
      await vi.advanceTimersByTimeAsync(2000);
      const result = await running;
      expect(result.state).toBe('interrupted');
      expect(result.steps.find(({ id }) => id === 'netstats')).toMatchObject({
        state: 'interrupted',
        why: 'The connection to the phone was lost.',
        bytes: 7,
      });
    });
  });
});

describe('with three commands under way', () => {
  it('a cancel ends all of them, and keeps what came', async () => {
    const began = meeting(3, () => {
      made.controller.abort();
      return undefined;
    });
    const made = phone((command) => (isOneOf(command) ? { stdout: 'half of', until: began() } : null));
    const result = await made.acquire({ waitMs: 20_000 });
    expect(result.state).toBe('cancelled');
    const cut = result.steps.filter(({ bytes, state }) => state === 'interrupted' && bytes > 0);
    expect(cut.map(({ id, why }) => [id, why])).toEqual([
      ['netstats', 'It was cancelled.'],
      ['packages:0', 'It was cancelled.'],
      ['packages:10', 'It was cancelled.'],
    ]);
    expect(made.book.at(-1)!.command).toContain('--user 10');
    expect(made.keep.stillOpen).toBe(0);
    expect(made.logged('phone.lost')).toEqual([]);
  });

  it('a full disk ends all of them, and leaves nothing open', async () => {
    const never = new Promise<undefined>(() => {});
    const made = phone((command) => {
      if (!isOneOf(command)) return null;
      return command.includes('--user 10') ? { stdout: 'more than fits' } : { stdout: 'half of', until: never };
    });
    made.keep.onWrite = (_, chunk) => {
      if (chunk.toString() === 'more than fits') throw new Failure('disk-full', 'The disk is full.');
    };
    await expect(made.acquire({ waitMs: 20_000 })).rejects.toMatchObject({ code: 'disk-full' });
    expect(made.keep.stillOpen).toBe(0);
    expect(made.keep.kept.filter(({ state }) => state === 'interrupted').map(({ command }) => command.step)).toEqual([
      'netstats',
      'packages:0',
    ]);
    expect(made.book.at(-1)!.command).toContain('--user 10');
  });

  it('a phone that goes on with one of them is not silent', async () => {
    const probed = Promise.withResolvers<undefined>();
    const made = phone((command) => {
      if (command.includes('--user 0') && command.includes('-U')) return { ending: 'timed out' };
      if (command === 'getprop ro.product.model' && made.book.length > 2) {
        probed.resolve(undefined);
        return {
          ending: 'timed out',
          until: turn()
            .then(() => turn())
            .then(() => undefined),
        };
      }
      return null;
    });
    const run = made.bridge.run.bind(made.bridge);
    made.bridge.run = async (serial, command, options, sink) => {
      if (!command.includes('netstats --full')) return run(serial, command, options, sink);
      await probed.promise;
      return run(serial, command, options, sink);
    };
    const result = await made.acquire({ profile: 'quick' });
    expect(result.state).toBe('partial');
    expect(result.refused).toMatchObject([{ id: 'packages:0', state: 'timed out' }]);
  });
});
