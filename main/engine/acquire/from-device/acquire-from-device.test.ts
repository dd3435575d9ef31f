import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../shared/base/failure.ts';
import type { StepView } from '../../../../shared/types/task.ts';
import { MemoryKeeper } from '../../../../test/support/memory-keeper.ts';
import { ScriptedBridge, type ScriptedResult } from '../../../../test/support/scripted-bridge.ts';
import { type AcquireFromDeviceOptions, acquireFromDevice } from './acquire-from-device.ts';
import { acquisitionPlan } from './plan.ts';

const dump = `Active interfaces:\n${'      st=1 rb=2 rp=3 tb=4 tp=5 op=0\n'.repeat(6000)}`;
const getprop = '[persist.sys.timezone]: [Asia/Kolkata]\n[ro.build.version.sdk]: [33]\n[ro.product.model]: [Redmi]\n';
const phoneAheadUs = 2_500_000;

/** A phone with two users that answers all of the plan. */
function goodPhone(bridge: () => ScriptedBridge): (command: string) => ScriptedResult {
  return (command) => {
    if (command.startsWith('date')) {
      const us = bridge().nowUs + phoneAheadUs;
      return { stdout: `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}000\n100.00 200.00\n` };
    }
    if (command === 'getprop') return { stdout: getprop };
    if (command === 'pm list users') {
      return { stdout: 'Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:Work: a:1030} running\n' };
    }
    if (command.includes('netstats')) return { stdout: [dump.slice(0, 1000), dump.slice(1000)] };
    if (command.startsWith('settings')) return { stdout: '1\n' };
    return { stdout: `${command}\n` };
  };
}

function acquisition(change: (command: string, good: ScriptedResult) => ScriptedResult | null = () => null) {
  const bridge: ScriptedBridge = new ScriptedBridge((command) => {
    const good = goodPhone(() => bridge)(command);
    return change(command, good) ?? good;
  });
  const keep = new MemoryKeeper();
  const controller = new AbortController();
  let steps: readonly StepView[] = [];
  const fractions: (number | null)[] = [];
  const run = (options: Partial<AcquireFromDeviceOptions> = {}) =>
    acquireFromDevice({
      bridge,
      clock: bridge.clock,
      serial: null,
      profile: 'full',
      signal: controller.signal,
      keep,
      progress: {
        steps: (now) => {
          steps = now;
        },
        now: (_, fraction) => fractions.push(fraction),
      },
      ...options,
    });
  return { bridge, keep, controller, run, steps: () => steps, fractions };
}

const short = (command: string) => command.split(' ').slice(0, 4).join(' ');

describe('acquiring a phone', () => {
  it('keeps every answer of the plan, in order, with its command and its section', async () => {
    const { run, keep, bridge, steps, fractions } = acquisition();
    const result = await run();
    expect(result.state).toBe('complete');
    expect(result.refused).toEqual([]);
    expect(keep.kept.map(({ section, command }) => [section, command.user, short(command.command)])).toEqual([
      ['getprop', null, 'getprop'],
      ['clock', null, 'date +%s.%N; cat /proc/uptime'],
      ['dumpsys netstats', null, 'dumpsys -t 120 netstats'],
      ['pm list users', null, 'pm list users'],
      ['pm list packages', 0, 'pm list packages -f'],
      ['pm list packages', 10, 'pm list packages -f'],
      ['pm list packages disabled', 0, 'pm list packages -d'],
      ['pm list packages disabled', 10, 'pm list packages -d'],
      ['dumpsys package', null, 'dumpsys -t 60 package'],
      ['app labels', 0, 'cmd package query-activities --user'],
      ['app labels', 10, 'cmd package query-activities --user'],
      ['settings', null, 'settings get global auto_time'],
      ['settings', null, 'settings get global auto_time_zone'],
      ['settings', null, 'getprop persist.sys.timezone'],
      ['clock', null, 'date +%s.%N; cat /proc/uptime'],
    ]);
    const netstats = keep.kept.find(({ section }) => section === 'dumpsys netstats')!;
    expect(netstats.content.toString()).toBe(dump);
    expect(netstats).toMatchObject({ state: 'complete', exit: 0 });
    expect(keep.stillOpen).toBe(0);
    expect(steps().map(({ state }) => state)).toEqual(steps().map(() => 'complete'));
    expect(steps().map(({ id }) => id)).toContain('packages:10');
    expect(result.steps.map(({ id }) => id)).toEqual(steps().map(({ id }) => id));
    expect(fractions.every((fraction) => fraction !== null && fraction >= 0 && fraction < 1)).toBe(true);
    expect(result.properties['ro.product.model']).toBe('Redmi');
    expect(bridge.asked.filter((command) => command.startsWith('date')).length).toBeGreaterThanOrEqual(18);
  });

  it('measures the offset before and after, tells it to every later piece and logs each comparison', async () => {
    const { run, keep } = acquisition();
    const { offsetBefore, offsetAfter } = await run();
    for (const offset of [offsetBefore!, offsetAfter!]) {
      expect(Math.abs(offset.offsetMs - phoneAheadUs / 1000)).toBeLessThanOrEqual(offset.errorMs);
      expect(offset.samples).toBe(9);
      expect(offset.uptimeS).toBe(100);
    }
    expect(keep.kept[0]!.offsetMs).toBeNull();
    expect(keep.kept[2]!).toMatchObject({ offsetMs: offsetBefore!.offsetMs, offsetErrorMs: offsetBefore!.errorMs });
    expect(keep.logged.map(({ action }) => action)).toEqual(['clock.compared', 'clock.compared']);
    expect(keep.logged[0]!.details.readings).toHaveLength(9);
  });

  it('asks a phone that tells whole seconds more often', async () => {
    const { run } = acquisition((command, good) =>
      command.startsWith('date') ? { stdout: String(good.stdout).replace(/\.\d+\n/, '.N\n') } : null,
    );
    const { offsetBefore } = await run({ plan: acquisitionPlan.filter(({ clock }) => clock) });
    expect(offsetBefore!.samples).toBe(16);
    expect(Math.abs(offsetBefore!.offsetMs - phoneAheadUs / 1000)).toBeLessThanOrEqual(offsetBefore!.errorMs);
  });

  it('goes through the fall-backs, keeps each try, and parses only the one that was understood', async () => {
    const { run, keep } = acquisition((command) => {
      if (command.includes(' -U ')) return { stdout: 'Error: Unknown option: -U\n', exit: 1 };
      if (command.startsWith('dumpsys -t')) return { stderr: "Can't find service: -t\n" };
      return null;
    });
    const result = await run();
    expect(result.state).toBe('complete');
    const packages = keep.kept.filter(({ command }) => command.step === 'packages:0');
    expect(packages.map(({ state, section }) => [state, section])).toEqual([
      ['unavailable', null],
      ['complete', 'pm list packages'],
    ]);
    const netstats = keep.kept.filter(({ command }) => command.step === 'netstats');
    expect(netstats.map(({ state, section, command }) => [state, section, command.stream])).toEqual([
      ['unavailable', null, 'stdout'],
      ['unavailable', null, 'stderr'],
      ['complete', 'dumpsys netstats', 'stdout'],
    ]);
    expect(netstats[1]!.content.toString()).toBe("Can't find service: -t\n");
    expect(result.steps.find(({ id }) => id === 'netstats')!.command).toBe('dumpsys netstats --full --uid --tag');
  });

  it('says what was refused and goes on', async () => {
    const { run, steps } = acquisition((command) =>
      command.includes('--user 10')
        ? { stderr: 'java.lang.SecurityException: Shell does not have permission to access user 10\n', exit: 255 }
        : null,
    );
    const result = await run();
    expect(result.state).toBe('partial');
    expect(result.refused.map(({ id, state }) => [id, state])).toEqual([
      ['packages:10', 'refused'],
      ['packages disabled:10', 'refused'],
      ['labels:10', 'refused'],
    ]);
    expect(result.refused[0]!.why).toContain('Shell does not have permission to access user 10');
    expect(steps().find(({ id }) => id === 'labels:10')).toMatchObject({ state: 'refused' });
  });

  it('skips what an old Android cannot know, and does not call that refused', async () => {
    const { run, bridge } = acquisition((command) =>
      command === 'getprop' ? { stdout: '[ro.build.version.sdk]: [21]\n' } : null,
    );
    const result = await run();
    expect(result.state).toBe('complete');
    expect(result.steps.find(({ id }) => id === 'labels:0')).toMatchObject({ state: 'skipped', evidence: [] });
    expect(bridge.asked.some((command) => command.includes('query-activities'))).toBe(false);
  });

  it('a cable pulled in the middle: what came is kept, the rest is interrupted, nothing more is asked', async () => {
    const { run, keep, bridge, steps } = acquisition((command) =>
      command.includes('netstats') ? { stdout: dump.slice(0, 100_000), ending: 'phone gone' } : null,
    );
    const result = await run();
    expect(result.state).toBe('interrupted');
    const cut = keep.kept.at(-1)!;
    expect(cut).toMatchObject({ state: 'interrupted', exit: null, section: 'dumpsys netstats', bytes: 100_000 });
    expect(result.steps.slice(0, 2).map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(result.steps.slice(2).every(({ state }) => state === 'interrupted')).toBe(true);
    expect(steps().every(({ state }) => state === 'complete' || state === 'interrupted')).toBe(true);
    expect(bridge.asked.at(-1)).toContain('netstats');
    expect(result.offsetAfter).toBeNull();
    expect(result.refused.map(({ id }) => id)).toContain('packages:0');
  });

  it('a phone that falls silent is not waited for step by step', async () => {
    let silent = false;
    const { run, bridge } = acquisition((command) => {
      silent ||= command.includes('netstats');
      return silent ? { ending: 'timed out' } : null;
    });
    const result = await run();
    expect(result.state).toBe('interrupted');
    expect(bridge.asked.at(-1)).toBe('getprop ro.product.model');
    expect(result.steps.find(({ id }) => id === 'netstats')!.state).toBe('timed out');
  });

  it('a step that takes too long on a phone that still answers costs only itself', async () => {
    const { run } = acquisition((command) => (command.includes('netstats') ? { ending: 'timed out' } : null));
    const result = await run();
    expect(result.state).toBe('partial');
    expect(result.refused).toMatchObject([{ id: 'netstats', state: 'timed out' }]);
  });

  it('cancels', async () => {
    const { run, controller, bridge } = acquisition((command) => {
      if (command === 'pm list users') controller.abort();
      return null;
    });
    const result = await run();
    expect(result.state).toBe('cancelled');
    expect(bridge.asked.at(-1)).toBe('pm list users');
    expect(result.steps.filter(({ state }) => state === 'complete').map(({ id }) => id)).toEqual([
      'getprop',
      'clock before',
      'netstats',
    ]);
  });

  it('ends with the keeper’s failure when the disk is full, leaving nothing open', async () => {
    const { run, keep } = acquisition();
    keep.onWrite = (what) => {
      if (what.section === 'dumpsys netstats') throw new Failure('disk-full', 'The disk is full.');
    };
    await expect(run()).rejects.toMatchObject({ code: 'disk-full' });
    expect(keep.stillOpen).toBe(0);
    expect(keep.kept).toHaveLength(2);
  });

  it('quick asks for less', async () => {
    const quick = acquisition();
    await quick.run({ profile: 'quick' });
    expect(quick.bridge.asked.some((command) => command.includes('netstats'))).toBe(true);
    expect(quick.bridge.asked.some((command) => command.includes('query-activities'))).toBe(true);
    expect(quick.bridge.asked.some((command) => command.includes('package packages'))).toBe(false);
  });

  it('keeps nothing when there is no phone', async () => {
    const { run, bridge, keep } = acquisition();
    bridge.devices = [];
    await expect(run()).rejects.toMatchObject({ code: 'no-phone' });
    expect(keep.kept).toEqual([]);
    expect(keep.logged).toEqual([]);
  });
});
