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
    if (command.includes('netstats --full')) return { stdout: [dump.slice(0, 1000), dump.slice(1000)] };
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

describe('acquiring a phone', () => {
  it('keeps every answer of the plan, in order, with its command and its section', async () => {
    const { run, keep, bridge, steps, fractions } = acquisition();
    const result = await run();
    expect(result.state).toBe('complete');
    expect(result.refused).toEqual([]);
    expect(keep.kept.map(({ section, command }) => [section, command.user])).toEqual([
      ['getprop', null],
      ['clock', null],
      ['boot id', null],
      ['settings', null],
      ['settings', null],
      ['settings', null],
      ['pm list users', null],
      ['am get-current-user', null],
      ['logcat', null],
      ['proc net sockets', null],
      ['proc net interfaces', null],
      ['dumpsys connmetrics', null],
      ['dumpsys connectivity', null],
      ['kernel counters', null],
      ['dumpsys netstats', null],
      ['pm list packages', 0],
      ['pm list packages', 10],
      ['pm list packages disabled', 0],
      ['pm list packages disabled', 10],
      ['dumpsys package', null],
      ['app labels', 0],
      ['app labels', 10],
      ['dumpsys usagestats file', 0],
      ['dumpsys usagestats file', 10],
      ['dumpsys usagestats', null],
      ['dumpsys appops', null],
      ['dumpsys batterystats -c', null],
      ['dumpsys alarm', null],
      ['dumpsys jobscheduler', null],
      ['dumpsys netpolicy', null],
      ['dumpsys network_management', null],
      ['settings', null],
      ['settings secure', 0],
      ['settings secure', 10],
      ['settings system', 0],
      ['settings system', 10],
      ['dumpsys wifi', null],
      ['dumpsys telephony.registry', null],
      ['clock', null],
    ]);
    expect(bridge.asked.filter((command) => command.includes('poll') || command.startsWith('bugreport'))).toEqual([]);
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
      if (command.startsWith('dumpsys -t 120')) return { stderr: "Can't find service: -t\n" };
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
      ['settings secure:10', 'refused'],
      ['settings system:10', 'refused'],
    ]);
    expect(result.users).toMatchObject([
      { id: 0, name: 'Owner', running: true, covered: 'yes', why: null },
      { id: 10, name: 'Work: a', running: true, covered: 'partly' },
    ]);
    expect(result.usersMissing).toHaveLength(1);
    expect(result.usersMissing[0]).toMatch(
      /^User 10 “Work: a”: covered in part\. Not whole: Apps, .*The phone refused/,
    );
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
      command.includes('netstats --full') ? { stdout: dump.slice(0, 100_000), ending: 'phone gone' } : null,
    );
    const result = await run({ profile: 'quick' });
    expect(result.state).toBe('interrupted');
    const cut = keep.kept.at(-1)!;
    expect(cut).toMatchObject({ state: 'interrupted', exit: null, section: 'dumpsys netstats', bytes: 100_000 });
    const at = result.steps.findIndex(({ id }) => id === 'netstats');
    expect(result.steps.slice(0, at).every(({ state }) => state === 'complete')).toBe(true);
    expect(result.steps.slice(at).every(({ state }) => state === 'interrupted')).toBe(true);
    expect(steps().every(({ state }) => state === 'complete' || state === 'interrupted')).toBe(true);
    expect(bridge.asked.at(-1)).toContain('netstats');
    expect(result.offsetAfter).toBeNull();
    expect(result.refused.map(({ id }) => id)).toContain('packages:0');
  });

  it('a phone that falls silent is not waited for step by step', async () => {
    let silent = false;
    const { run, bridge } = acquisition((command) => {
      silent ||= command.includes('netstats --full');
      return silent ? { ending: 'timed out' } : null;
    });
    const result = await run();
    expect(result.state).toBe('interrupted');
    expect(bridge.asked.at(-1)).toBe('getprop ro.product.model');
    expect(result.steps.find(({ id }) => id === 'netstats')!.state).toBe('timed out');
  });

  it('a step that takes too long on a phone that still answers costs only itself', async () => {
    const { run } = acquisition((command) => (command.includes('netstats --full') ? { ending: 'timed out' } : null));
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
      'boot id',
      'automatic time',
      'automatic zone',
      'time zone',
    ]);
  });

  it('ends with the keeper’s failure when the disk is full, leaving nothing open', async () => {
    const { run, keep } = acquisition();
    keep.onWrite = (what) => {
      if (what.section === 'dumpsys netstats') throw new Failure('disk-full', 'The disk is full.');
    };
    await expect(run()).rejects.toMatchObject({ code: 'disk-full' });
    expect(keep.stillOpen).toBe(0);
    expect(keep.kept.at(-1)!.section).toBe('kernel counters');
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

  describe('what changes the phone', () => {
    const path = '/data/user_de/0/com.android.shell/files/bugreports/bugreport-x-2026.zip';
    const reporting = (said: string) => (command: string) =>
      command.startsWith('bugreportz') ? { stdout: said } : command.startsWith('cat /data') ? { stdout: 'PK' } : null;

    it('is done last, only where it was asked for, and logged before it is sent', async () => {
      const { run, keep, bridge } = acquisition(reporting(`BEGIN:${path}\nPROGRESS:1/2\nOK:${path}\n`));
      const result = await run({ profile: 'quick', extras: ['netstats-poll', 'bugreport'] });
      expect(result.state).toBe('complete');
      expect(bridge.asked.slice(-14, -8)).toEqual([
        expect.stringContaining('query-activities --user 10'),
        'dumpsys -t 30 netstats --poll',
        'dumpsys -t 120 netstats --full --uid --tag',
        'bugreportz -p',
        `cat ${path}`,
        expect.stringContaining('date'),
      ]);
      const changes = keep.logged.filter(({ action }) => action === 'phone.change');
      expect(changes.map(({ details }) => [details.asked, details.command])).toEqual([
        ['netstats-poll', 'dumpsys -t 30 netstats --poll'],
        ['bugreport', 'bugreportz -p'],
      ]);
      expect(keep.kept.filter(({ section }) => section === 'dumpsys netstats')).toHaveLength(2);
      expect(keep.kept.find(({ section }) => section === 'bugreport')!.content.toString()).toBe('PK');
    });

    it('is not done otherwise', async () => {
      const { run, keep, bridge } = acquisition();
      await run();
      expect(bridge.asked.join('\n')).not.toMatch(/poll|bugreport/);
      expect(keep.logged.map(({ action }) => action)).toEqual(['clock.compared', 'clock.compared']);
    });

    it.each([
      ['a failure', 'BEGIN:/x\nFAIL:no space\n', 'This phone cannot say: “FAIL:no space”.'],
      ['no end', `BEGIN:${path}\n`, 'The answer lacks the line with which a whole one ends.'],
    ])('a report that did not come about is not asked for: %s', async (_, said, why) => {
      const { run, bridge } = acquisition(reporting(said));
      const result = await run({ profile: 'quick', extras: ['bugreport'] });
      expect(result.refused.find(({ id }) => id === 'bugreport')!.why).toBe(why);
      expect(result.refused.find(({ id }) => id === 'bugreport file')).toMatchObject({ state: 'unavailable' });
      expect(bridge.asked.some((command) => command.startsWith('cat /data'))).toBe(false);
    });

    it.each([
      'OK:/etc/passwd',
      `OK:${path}/../../x.zip`,
      'OK:/bugreports/bugreport-a.zip;reboot',
      'OK:/bugreports/../x',
    ])('a path that leads elsewhere is not followed: %s', async (said) => {
      const { run, bridge } = acquisition(reporting(`BEGIN:/x\n${said}\n`));
      await run({ profile: 'quick', extras: ['bugreport'] });
      expect(bridge.asked.filter((command) => command.startsWith('cat ') && !command.includes('/proc/'))).toEqual([]);
    });
  });

  describe('answers without end', () => {
    it('are cut at the limit of their row, to the byte, and the rest of the plan goes on', async () => {
      const piece = 'x'.repeat(1000);
      const plan = acquisitionPlan.map((row) => (row.id === 'appops' ? { ...row, mostBytes: 123_456 } : row));
      const { run, keep } = acquisition((command) =>
        command.includes('appops') ? { stdout: Array.from({ length: 500 }, () => piece) } : null,
      );
      const result = await run({ plan });
      const step = result.steps.find(({ id }) => id === 'appops')!;
      expect(step).toMatchObject({
        state: 'truncated',
        bytes: 123_456,
        why: 'The answer was longer than 123 kB; what came after them was not taken.',
      });
      expect(keep.kept.find(({ section }) => section === 'dumpsys appops')!.bytes).toBe(123_456);
      expect(result.steps.at(-1)).toMatchObject({ id: 'clock after', state: 'complete' });
      expect(result.refused.map(({ id }) => id)).toEqual(['appops']);
    });

    it('an answer that is exactly as long as the limit is whole', async () => {
      const plan = acquisitionPlan.map((row) => (row.id === 'appops' ? { ...row, mostBytes: 500 } : row));
      const { run } = acquisition((command) => (command.includes('appops') ? { stdout: 'y'.repeat(500) } : null));
      expect((await run({ plan })).state).toBe('complete');
    });

    it('are cut in the comparison of the clocks too', async () => {
      const { run, keep } = acquisition((command) =>
        command.startsWith('date +%s.%N; cat /proc/uptime /') || !command.startsWith('date')
          ? null
          : { stdout: '9'.repeat(1_000_000) },
      );
      const result = await run({ profile: 'quick' });
      expect(result.steps.find(({ id }) => id === 'clock before')).toMatchObject({ state: 'truncated', bytes: 16_384 });
      expect(result.offsetBefore).toBeNull();
      expect(keep.kept.find(({ section }) => section === 'clock')!.bytes).toBe(16_384);
    });
  });

  it('a clock that is set while the phone is acquired is told, with the one that moved', async () => {
    let set = 0;
    const { run } = acquisition((command, good) => {
      if (command.startsWith('dumpsys -t 120 netstats')) set = 3600;
      if (!command.startsWith('date')) return null;
      const [date = '', ...rest] = String(good.stdout).split('\n');
      return { stdout: `${Number(date.split('.')[0]) + set}.${date.split('.')[1]}\n${rest.join('\n')}` };
    });
    const result = await run({ profile: 'quick' });
    expect(result.clocks).toMatchObject({ verdict: 'phone set' });
    expect(result.notes).toEqual([expect.stringMatching(/^The phone’s clock was set forward by 3\d{3}\.\d s/)]);
  });
});
