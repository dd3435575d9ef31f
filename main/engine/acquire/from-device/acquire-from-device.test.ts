import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../shared/base/failure.ts';
import { acquisitionPlan } from './plan.ts';
import { acquisition, dump, phoneAheadUs } from './testing/good-phone.ts';

describe('acquiring a phone', () => {
  it('keeps every answer of the plan, in order, with its command and its section', async () => {
    const { run, keep, bridge, steps, fractions } = acquisition();
    const result = await run();
    expect(result.state).toBe('complete');
    expect(result.refused).toEqual([]);
    // In the order of the plan; what is asked side by side is kept as it comes.
    const inOrder = result.steps
      .flatMap(({ evidence }) => evidence)
      .map((id) => keep.kept.find((one) => one.id === id)!);
    expect(new Set(inOrder)).toEqual(new Set(keep.kept));
    expect(inOrder.map(({ section, command }) => [section, command.user])).toEqual([
      ['getprop', null],
      ['clock', null],
      ['boot id', null],
      ['pm list users', null],
      ['am get-current-user', null],
      ['settings', null],
      ['settings', null],
      ['settings', null],
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
    for (const later of keep.kept.slice(2, -1))
      expect(later).toMatchObject({ offsetMs: offsetBefore!.offsetMs, offsetErrorMs: offsetBefore!.errorMs });
    expect(keep.logged.map(({ action }) => action)).toEqual(['clock.compared', 'clock.compared']);
    expect(keep.logged[0]!.details.readings).toHaveLength(9);
  });

  it.each([
    // A clock that ticks while it is asked bounds the offset closely; one that does not is asked longer.
    ['until its clock has ticked', 150_000, 9],
    ['no longer than a second or two', 0, 17],
  ])('asks a phone that tells whole seconds %s', async (_, passesUs, samples) => {
    const made = acquisition((command, good) => {
      if (!command.startsWith('date')) return null;
      made.bridge.nowUs += passesUs;
      return { stdout: String(good.stdout).replace(/\.\d+\n/, '.N\n') };
    });
    const { offsetBefore } = await made.run({ plan: acquisitionPlan.filter(({ clock }) => clock === 'before') });
    expect(offsetBefore!.samples).toBe(samples);
    expect(Math.abs(offsetBefore!.offsetMs - phoneAheadUs / 1000)).toBeLessThanOrEqual(offsetBefore!.errorMs);
    if (passesUs > 0) expect(offsetBefore!.errorMs).toBeLessThan(400);
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
      /^User 10 “Work: a”: covered in part\. Not whole: Apps; .*The phone refused/,
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
    const cut = keep.kept.find(({ section }) => section === 'dumpsys netstats')!;
    expect(cut).toMatchObject({ state: 'interrupted', exit: null, bytes: 100_000 });
    // Two others had been asked beside it by then, and answered.
    const at = result.steps.findIndex(({ id }) => id === 'netstats');
    expect(result.steps.slice(0, at).every(({ state }) => state === 'complete')).toBe(true);
    expect(result.steps.slice(at).map(({ id, state }) => [id, state])).toEqual([
      ['netstats', 'interrupted'],
      ['packages:0', 'complete'],
      ['packages:10', 'complete'],
      ['labels:0', 'interrupted'],
      ['labels:10', 'interrupted'],
      ['clock after', 'interrupted'],
    ]);
    expect(steps().every(({ state }) => state === 'complete' || state === 'interrupted')).toBe(true);
    expect(bridge.asked.at(-1)).toContain('pm list packages');
    expect(result.offsetAfter).toBeNull();
    expect(result.refused.map(({ id }) => id)).toContain('labels:0');
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
    expect(bridge.asked).not.toContain('settings get global auto_time');
    expect(result.steps.filter(({ state }) => state === 'complete').map(({ id }) => id)).toEqual([
      'getprop',
      'clock before',
    ]);
  });

  it('ends with the keeper’s failure when the disk is full, leaving nothing open', async () => {
    const { run, keep } = acquisition();
    keep.onWrite = (what) => {
      if (what.section === 'dumpsys netstats') throw new Failure('disk-full', 'The disk is full.');
    };
    await expect(run()).rejects.toMatchObject({ code: 'disk-full' });
    expect(keep.stillOpen).toBe(0);
    expect(keep.kept.map(({ section }) => section)).toContain('kernel counters');
    expect(keep.kept.map(({ section }) => section)).not.toContain('dumpsys package');
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
