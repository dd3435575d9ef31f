import { describe, expect, it } from 'vitest';
import { MemoryKeeper } from '../../../../test/support/memory-keeper.ts';
import { readyPhone, ScriptedBridge, type ScriptedResult } from '../../../../test/support/scripted-bridge.ts';
import { type AcquireFromDeviceOptions, acquireFromDevice } from './acquire-from-device.ts';
import type { EarlierAcquisition } from './earlier.ts';
import { acquisitionPlan } from './plan.ts';

const bootIds = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
/** A plan that is short and still has all that an interruption touches. */
const plan = acquisitionPlan.filter(({ id }) =>
  ['getprop', 'clock before', 'boot id', 'users', 'netstats', 'packages', 'clock after'].includes(id),
);
const lostMidway: ScriptedResult = { stdout: 'Active interfaces:\n  half of', ending: 'phone gone' };

/** A phone whose cable is pulled whenever `pull` says so of a command. */
function cable(pull: (command: string, times: number) => boolean) {
  const asked = new Map<string, number>();
  const state = { starts: 0, serial: 'HW1', backAfter: 1, progress: [] as string[] };
  const bridge: ScriptedBridge = new ScriptedBridge((command) => {
    const times = (asked.get(command) ?? 0) + 1;
    asked.set(command, times);
    if (pull(command, times)) {
      bridge.devices = [];
      return lostMidway;
    }
    if (command.startsWith('date')) {
      const us = bridge.nowUs;
      const uptime = (us - 1_699_999_000_000_000 - state.starts * 900_000_000) / 1e6;
      return { stdout: `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}000\n${uptime.toFixed(2)} 1.00\n` };
    }
    if (command === 'getprop') return { stdout: '[ro.build.version.sdk]: [33]\n[ro.serialno]: [HW1]\n' };
    if (command === 'getprop ro.serialno') return { stdout: `${state.serial}\n` };
    if (command.includes('boot_id')) return { stdout: `${bootIds[state.starts]}\n` };
    if (command === 'pm list users') return { stdout: 'Users:\n\tUserInfo{0:Owner:c13} running\n' };
    return { stdout: `${command}\n` };
  });
  const list = bridge.list.bind(bridge);
  let looks = 0;
  bridge.list = async () => {
    if (bridge.devices.length === 0) looks += 1;
    if (looks >= state.backAfter && bridge.devices.length === 0) {
      looks = 0;
      bridge.devices = [readyPhone('S1')];
    }
    return list();
  };
  const keep = new MemoryKeeper();
  const controller = new AbortController();
  const run = (options: Partial<AcquireFromDeviceOptions> = {}) =>
    acquireFromDevice({
      bridge,
      clock: bridge.clock,
      serial: null,
      profile: 'full',
      plan,
      signal: controller.signal,
      keep,
      waitMs: 20_000,
      progress: { steps() {}, now: (phrase) => state.progress.push(phrase) },
      ...options,
    });
  const logged = (action: string) => keep.logged.filter((one) => one.action === action).map(({ details }) => details);
  return { bridge, keep, controller, run, state, logged };
}

const netstatsOnce = (command: string, times: number) => command.includes('netstats') && times === 1;

describe('a cable pulled and put back in one acquisition', () => {
  it('waits, knows the phone again, repeats the step and goes on; the half answer stays', async () => {
    const { run, keep, state, logged } = cable(netstatsOnce);
    const result = await run();
    expect(result.state).toBe('complete');
    expect(result.notes).toEqual([]);
    const netstats = keep.kept.filter(({ command }) => command.step === 'netstats');
    expect(netstats.map((one) => one.state)).toEqual(['interrupted', 'complete']);
    expect(netstats[0]!.content.toString()).toBe(lostMidway.stdout);
    expect(result.steps.find(({ id }) => id === 'netstats')!.evidence).toEqual(netstats.map(({ id }) => id));
    expect(state.progress.some((phrase) => phrase.startsWith('The cable was pulled: waiting for the phone'))).toBe(
      true,
    );
    expect(logged('phone.lost')).toMatchObject([{ step: 'netstats', connection: 'S1' }]);
    expect(logged('phone.returned')).toMatchObject([{ step: 'netstats', startedAnew: false }]);
    expect(keep.stillOpen).toBe(0);
  });

  it('without a time to wait stops at once', async () => {
    const { run, state } = cable(netstatsOnce);
    const result = await run({ waitMs: 0 });
    expect(result.state).toBe('interrupted');
    expect(state.progress.some((phrase) => phrase.includes('waiting'))).toBe(false);
  });

  it('says when the phone was started anew meanwhile', async () => {
    const { run, state, logged } = cable((command, times) => {
      if (!netstatsOnce(command, times)) return false;
      state.starts = 1;
      return true;
    });
    const result = await run();
    expect(result.notes).toEqual([expect.stringMatching(/^The phone was started anew while the connection was lost/)]);
    expect(logged('phone.returned')).toMatchObject([
      { startedAnew: true, bootIdBefore: bootIds[0], bootId: bootIds[1] },
    ]);
  });

  it('ends where the phone stays away, and at once when it is cancelled', async () => {
    const away = cable(netstatsOnce);
    away.state.backAfter = Number.POSITIVE_INFINITY;
    const result = await away.run({ waitMs: 300 });
    expect(result.state).toBe('interrupted');
    expect(away.logged('phone.stayed-away')).toMatchObject([{ ended: 'it stayed away' }]);

    const ended = cable(netstatsOnce);
    ended.state.backAfter = Number.POSITIVE_INFINITY;
    const running = ended.run({
      waitMs: 600_000,
      progress: {
        steps() {},
        now: (phrase) => phrase.includes('waiting for the phone') && ended.controller.abort(),
      },
    });
    expect((await running).state).toBe('cancelled');
    expect(ended.logged('phone.stayed-away')).toMatchObject([{ ended: 'cancelled' }]);
  });

  it('takes no other phone for it', async () => {
    const { run, state, bridge } = cable(netstatsOnce);
    const running = run({
      waitMs: 1500,
      hardwareSerial: 'HW1',
      progress: {
        steps() {},
        now(phrase) {
          if (phrase.includes('waiting')) state.serial = 'OTHER';
        },
      },
    });
    expect((await running).state).toBe('interrupted');
    expect(bridge.asked.at(-1)).toBe('getprop ro.serialno');
  });

  it('leaves a step that breaks the connection each time, and goes on with the rest', async () => {
    const { run, keep } = cable((command) => command.includes('netstats'));
    const result = await run();
    expect(keep.kept.filter(({ command }) => command.step === 'netstats')).toHaveLength(3);
    expect(result.steps.filter(({ state }) => state !== 'complete').map(({ id }) => id)).toEqual(['netstats']);
    expect(result.state).toBe('interrupted');
  });
});

describe('going on with an earlier acquisition', () => {
  const earlier = (bootId: string | null): EarlierAcquisition => ({
    batch: 4,
    complete: new Map(
      ['getprop', 'clock before', 'users', 'netstats'].map((id) => [id, { batch: 3, evidence: ['E7'] }]),
    ),
    start: { bootId, offset: null },
  });

  it('asks only for what is missing; who the phone is and the clocks are taken anew', async () => {
    const { run, keep } = cable(() => false);
    const result = await run({ earlier: earlier(bootIds[0]) });
    expect(result.state).toBe('complete');
    expect(result.notes).toEqual([]);
    expect(keep.kept.map(({ command }) => command.step)).toEqual([
      'getprop',
      'clock before',
      'boot id',
      'users',
      'packages:0',
      'clock after',
    ]);
    expect(result.steps.find(({ id }) => id === 'netstats')).toMatchObject({
      state: 'skipped',
      from: 3,
      evidence: ['E7'],
      why: 'Acquisition 3 has the whole answer (E7).',
    });
  });

  it('says when the phone was started anew in between', async () => {
    const { run, logged } = cable(() => false);
    const result = await run({ earlier: earlier(bootIds[1]) });
    expect(result.notes).toEqual(['The phone was started anew since acquisition 4, with which this one goes on.']);
    expect(logged('phone.restarted')).toMatchObject([{ since: 4 }]);
  });
});
