import { describe, expect, it } from 'vitest';
import {
  type AcquireFromDeviceOptions,
  acquireFromDevice,
} from '../../../main/engine/acquire/from-device/acquire-from-device.ts';
import { silentProgress } from '../../../main/engine/ports/progress.ts';
import { PracticeBridge } from '../../../main/host/adapters/practice-bridge.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import type { Behaviour } from '../../../main/practice/adb/behaviour.ts';
import { type AndroidVersion, createPracticePhone, createWorld } from '../../../main/practice/index.ts';
import { MemoryKeeper } from '../../support/memory-keeper.ts';
import { adbBench, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('the acquisition of a practice phone over the real adb server');

/** A phone whose clock is this computer's: what the acquisition measures can then be told to the millisecond. */
function practicePhone(android: AndroidVersion, seed = 5) {
  const world = createWorld({ seed, android, maker: 'xiaomi', nowUs: systemClock.now(), days: 10 });
  return { world, phone: createPracticePhone(world, { nowUs: systemClock.now }) };
}

/** Answers in which the phone's running clock stands, so that they are never the same twice. */
const ticking = new Set<string | null>([
  'clock',
  'proc net sockets',
  'proc net interfaces',
  'kernel counters',
  'dumpsys alarm',
]);

describe.skipIf(realAdb === null)('the acquisition of a practice phone over the real adb server', () => {
  const bench = adbBench((bridge) => until('no phone is left', async () => (await bridge.list()).devices.length === 0));
  const plug = async (android: AndroidVersion, behaviour: Behaviour = {}) => {
    const made = practicePhone(android);
    const device = await bench.plug(made.phone, behaviour);
    return { ...made, device, serial: device.serial };
  };
  const listed = (serial: string, state: string) =>
    until(`${serial} is ${state}`, async () => {
      const view = await bench.bridge.list();
      const one = view.devices.find((phone) => phone.serial === serial);
      return one?.state === state && (state !== 'device' || one.model !== null || one.advice !== null);
    });
  const acquire = async (options: Partial<AcquireFromDeviceOptions> = {}) => {
    const keep = new MemoryKeeper();
    const result = await acquireFromDevice({
      bridge: bench.bridge,
      clock: systemClock,
      serial: null,
      profile: 'full',
      progress: silentProgress,
      signal: new AbortController().signal,
      keep,
      ...options,
    });
    return { result, keep };
  };

  it.each([5, 6, 7, 9, 11, 13, 16] as const)(
    'Android %d: every answer is kept as the phone gave it',
    async (android) => {
      const { phone, serial } = await plug(android);
      await listed(serial, 'device');
      const { result, keep } = await acquire();
      expect(result.refused).toEqual([]);
      expect(result.state).toBe('complete');
      expect(result.properties['ro.phonehome.practice']).toBe('1');
      expect(keep.stillOpen).toBe(0);

      // What lies in evidence is what the phone says to the same command, to the byte; only clocks go on.
      const netstats = keep.kept.filter(({ section }) => section === 'dumpsys netstats');
      expect(netstats).toHaveLength(1);
      const users = new Set(keep.kept.map(({ command }) => command.user).filter((user) => user !== null));
      expect(users.has(0)).toBe(true);
      for (const one of keep.kept) {
        if (one.command.stream !== 'stdout' || ticking.has(one.section) || one.section === null) continue;
        const answer = await phone.run(one.command.command);
        const said = Buffer.from(answer.stdout as Uint8Array);
        if (one.section === 'getprop') expect(one.content.length).toBe(said.length);
        else expect(one.content.equals(said), one.command.command).toBe(true);
        expect([one.state, one.exit]).toEqual(['complete', 0]);
      }

      const { offsetBefore, offsetAfter } = result;
      for (const offset of [offsetBefore!, offsetAfter!]) {
        // Whole seconds are asked for until one has begun.
        expect(offset.samples).toBeGreaterThanOrEqual(9);
        expect(offset.samples).toBeLessThanOrEqual(phone.sdk >= 24 ? 9 : 17);
        expect(offset.errorMs).toBeLessThan(500);
      }
      // The two measurements agree within their errors: the clocks ran together.
      const apart = Math.abs(offsetBefore!.offsetMs - offsetAfter!.offsetMs);
      expect(apart).toBeLessThanOrEqual(offsetBefore!.errorMs + offsetAfter!.errorMs + 2);
    },
  );

  it('gives the same evidence with adb and without it', async () => {
    const { phone, serial } = await plug(12);
    await listed(serial, 'device');
    const over = await acquire();
    const direct = await acquire({ bridge: new PracticeBridge([phone], systemClock) });
    // What is asked side by side is kept as it comes: the order of the plan is that of the steps.
    const told = ({ result, keep }: Awaited<ReturnType<typeof acquire>>) =>
      result.steps
        .flatMap(({ evidence }) => evidence.map((id) => keep.kept.find((one) => one.id === id)!))
        .filter(({ section }) => !ticking.has(section))
        .map(({ section, sha256, command, state, exit }) => ({ section, sha256, command, state, exit }));
    expect(told(over)).toEqual(told(direct));
    expect(told(over).length).toBeGreaterThan(25);
  });

  it('two phones: none is taken without a serial, either with one', async () => {
    const one = await plug(13);
    const other = await plug(8);
    await listed(one.serial, 'device');
    await listed(other.serial, 'device');
    await expect(acquire()).rejects.toMatchObject({ code: 'several-phones' });
    const { result } = await acquire({ serial: other.serial, profile: 'quick' });
    expect(result).toMatchObject({ serial: other.serial, state: 'complete' });
    expect(result.properties['ro.build.version.release']).toMatch(/^8/);
  });

  it('no phone, an unauthorised one, a silent one: one sentence each and nothing kept', async () => {
    await expect(acquire()).rejects.toMatchObject({ code: 'no-phone' });
    const locked = await plug(13, { unauthorised: true });
    await listed(locked.serial, 'unauthorized');
    await expect(acquire()).rejects.toMatchObject({ code: 'phone-unauthorized', message: /\.$/ });
    locked.device.behave({ silent: true });
    await listed(locked.serial, 'device');
    const keep = new MemoryKeeper();
    await expect(acquire({ keep })).rejects.toMatchObject({ code: 'phone-silent', message: /\.$/ });
    expect(keep.kept).toEqual([]);
  });

  it.each([5, 14] as const)('Android %d: a cable pulled in the middle of the counters', async (android) => {
    const { device, phone, serial } = await plug(android);
    await listed(serial, 'device');
    const whole = (await phone.run('dumpsys netstats --full --uid --tag')).stdout as Uint8Array;
    device.behave({ cutAfterBytes: Math.floor(whole.length / 2), only: 'netstats --full' });
    const { result, keep } = await acquire();
    expect(result.state).toBe('interrupted');
    const cut = keep.kept.find(({ section }) => section === 'dumpsys netstats')!;
    expect(cut).toMatchObject({ state: 'interrupted', exit: null });
    expect(cut.bytes).toBeLessThan(whole.length);
    expect(cut.content.equals(Buffer.from(whole).subarray(0, cut.bytes))).toBe(true);
    // What was had before the cable was pulled is whole. Of what was asked beside it some had come; nothing was asked after it.
    const at = result.steps.findIndex(({ id }) => id === 'netstats');
    expect(result.steps.slice(0, at).every(({ state }) => state === 'complete' || state === 'skipped')).toBe(true);
    expect(result.steps.at(-1)).toMatchObject({ id: 'clock after', state: 'interrupted' });
    for (const { id, state, evidence } of result.steps) {
      const last = keep.kept.findLast((one) => evidence.includes(one.id) && one.command.stream === 'stdout');
      if (last) expect(last.state, id).toBe(state);
      else expect(['interrupted', 'skipped'], id).toContain(state);
    }
    expect(result.offsetBefore).not.toBeNull();
    expect(result.offsetAfter).toBeNull();
  });

  it('a cancel in the middle', async () => {
    const { device, serial } = await plug(14);
    await listed(serial, 'device');
    device.behave({ latencyMs: 30, only: 'netstats' });
    const controller = new AbortController();
    const keep = new MemoryKeeper();
    const { result } = await acquire({
      keep,
      signal: controller.signal,
      progress: {
        steps: (steps) => {
          if (steps.some(({ id, bytes }) => id === 'netstats' && bytes > 0)) controller.abort();
        },
        now() {},
      },
    });
    expect(result.state).toBe('cancelled');
    expect(result.steps.find(({ id }) => id === 'netstats')).toMatchObject({
      state: 'interrupted',
      why: 'It was cancelled.',
    });
    expect(result.steps.at(-1)).toMatchObject({ id: 'clock after', state: 'interrupted' });
    expect(keep.stillOpen).toBe(0);
  });
});
