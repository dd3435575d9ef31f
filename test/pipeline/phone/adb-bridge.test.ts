import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AdbBridge } from '../../../main/host/adapters/adb-bridge.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { changing } from '../../../main/host/adapters/testing/command-samples.ts';
import type { Behaviour } from '../../../main/practice/adb/behaviour.ts';
import type { PhonesView } from '../../../shared/types/device.ts';
import { type Script, scriptedPhone } from '../../support/scripted-phone.ts';
import { adbBench, freePort, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('the bridge over the real adb server');

const netstatsCommand = 'dumpsys netstats --full --uid --tag';
const netstats = Buffer.alloc(4_000_000, '      st=1760770800 rb=135 rp=2 tb=0 tp=0 op=0\n');
const binary = Buffer.from(Array.from({ length: 70_001 }, (_, at) => (at * 31) % 256));
const script: Script = {
  answers: {
    getprop: {
      stdout:
        '[ro.build.version.release]: [13]\n[ro.product.manufacturer]: [Xiaomi]\n[ro.product.model]: [Redmi Note 12]\n',
    },
    [netstatsCommand]: { stdout: netstats },
    'cat /proc/net/tcp': { stdout: binary },
    id: { stdout: 'uid=2000(shell)\n', stderr: 'a warning\n', exit: 7 },
  },
};

/** Answers everything, and notes what arrived. */
const noted = (arrived: string[]) => (line: string) => {
  arrived.push(line);
  return { stdout: 'x\n' };
};

describe.skipIf(realAdb === null)('the bridge over the real adb server', () => {
  const bench = adbBench();
  const never = new AbortController().signal;

  const plug = (change: Script = {}, behaviour: Behaviour = {}) =>
    bench.plug(scriptedPhone({ ...script, ...change }), behaviour);
  const run = async (
    serial: string,
    command: string,
    options: { timeoutMs?: number; signal?: AbortSignal; sink?: (chunk: Uint8Array) => Promise<void> } = {},
  ) => {
    const chunks: Buffer[] = [];
    const { timeoutMs = 10_000, signal = never } = options;
    const result = await bench.bridge.run(serial, command, { timeoutMs, signal }, async (chunk) => {
      chunks.push(Buffer.from(chunk));
      await options.sink?.(chunk);
    });
    return { ...result, output: Buffer.concat(chunks), errors: Buffer.from(result.stderr).toString() };
  };
  const phoneOf = async (serial: string) => (await bench.bridge.list()).devices.find((one) => one.serial === serial);

  it('shows phones as they appear and vanish, with model, maker and Android', async () => {
    const seen: PhonesView[] = [];
    const stop = bench.bridge.watch((view) => seen.push(view));
    expect((await bench.bridge.list()).bridge).toEqual({
      state: 'ready',
      adbPath: realAdb,
      version: expect.stringMatching(/^1\.0\.\d+$/),
      advice: null,
    });
    const device = await plug();
    await until('the phone says who it is', () => seen.at(-1)?.devices[0]?.model != null);
    expect(seen.at(-1)!.devices).toEqual([
      {
        serial: device.serial,
        state: 'device',
        model: 'Redmi Note 12',
        android: '13',
        maker: 'Xiaomi',
        practice: false,
        advice: null,
        link: 'network',
      },
    ]);
    device.unplug();
    await until('the phone is away', () => seen.at(-1)?.devices[0]?.state !== 'device');
    await bench.server.adb('disconnect', device.serial);
    await until('the phone has left the list', () => seen.at(-1)?.devices.length === 0);
    stop();
  });

  it.each([
    ['shell v2', 33],
    ['exec and a sentinel, for phones without shell v2', 22],
  ])('runs commands and proves their end: %s', async (_, sdk) => {
    const { serial } = await plug({ sdk });
    const dump = await run(serial, netstatsCommand);
    expect([dump.ending, dump.exit]).toEqual(['exit', 0]);
    expect(dump.output.equals(netstats)).toBe(true);
    // Bytes stay bytes: no carriage returns, no text decoding.
    expect((await run(serial, 'cat /proc/net/tcp')).output.equals(binary)).toBe(true);
    const failed = await run(serial, 'id');
    expect([failed.ending, failed.exit]).toEqual(['exit', 7]);
    if (sdk >= 24) expect([failed.output.toString(), failed.errors]).toEqual(['uid=2000(shell)\n', 'a warning\n']);
    else expect([failed.output.toString(), failed.errors]).toEqual(['a warning\nuid=2000(shell)\n', '']);
    expect(failed.hostAfterUs).toBeGreaterThan(failed.hostBeforeUs);
  });

  it('sends nothing that the guard refuses', async () => {
    const arrived: string[] = [];
    const { serial } = await plug({ answers: noted(arrived) });
    await run(serial, 'id');
    for (const line of changing)
      await expect(run(serial, line), line).rejects.toMatchObject({ code: 'refused-command' });
    await run(serial, 'id');
    expect(arrived.filter((line) => line !== 'id' && line !== 'getprop')).toEqual([]);
    const asked = { timeoutMs: 5000, signal: never, allow: ['netstats-poll'] } as const;
    await bench.bridge.run(serial, 'dumpsys netstats --poll', asked, () => {});
    expect(arrived.at(-1)).toBe('dumpsys netstats --poll');
  });

  it('holds the phone back while the sink is busy', async () => {
    const { serial } = await plug();
    let busy = 0;
    let most = 0;
    let left = 20;
    const result = await run(serial, netstatsCommand, {
      async sink() {
        busy += 1;
        most = Math.max(most, busy);
        if (left-- > 0) await wait(5);
        busy -= 1;
      },
    });
    expect(most).toBe(1);
    expect(result.output.equals(netstats)).toBe(true);
  });

  it('hands on what the sink throws', async () => {
    const { serial } = await plug();
    const full = new Error('the disk is full');
    await expect(run(serial, netstatsCommand, { sink: () => Promise.reject(full) })).rejects.toBe(full);
    expect((await run(serial, 'id')).ending).toBe('exit');
  });

  it('tells a timeout, a cancel, a pulled cable and a phone that is not there apart', async () => {
    const device = await plug();
    await until('the phone is ready', async () => (await phoneOf(device.serial))?.model != null);
    device.behave({ silent: true });
    const late = await run(device.serial, 'id', { timeoutMs: 200 });
    expect([late.ending, late.exit, late.output.length]).toEqual(['timed out', null, 0]);

    device.behave({ latencyMs: 20 });
    const controller = new AbortController();
    const cancelled = await run(device.serial, netstatsCommand, {
      signal: controller.signal,
      sink: async () => controller.abort(),
    });
    expect([cancelled.ending, cancelled.exit]).toEqual(['cancelled', null]);
    expect(cancelled.output.length).toBeLessThan(netstats.length);

    device.behave({ cutAfterBytes: 1_500_000, only: 'netstats' });
    const cut = await run(device.serial, netstatsCommand);
    expect([cut.ending, cut.exit]).toEqual(['phone gone', null]);
    expect(cut.output.length).toBeLessThan(1_500_001);
    expect(cut.output.equals(netstats.subarray(0, cut.output.length))).toBe(true);
    expect((await run(device.serial, 'id')).ending).toBe('phone gone');
    expect((await run('no-such-phone', 'id')).ending).toBe('phone gone');
  });

  it('gives no proof where an old phone’s answer is cut, even at a line’s end', async () => {
    const device = await plug({ sdk: 21 });
    await until('the phone is ready', async () => (await phoneOf(device.serial))?.model != null);
    device.behave({ cutAfterBytes: 47 * 1000, only: 'netstats' });
    const cut = await run(device.serial, netstatsCommand);
    expect([cut.ending, cut.exit]).toEqual(['phone gone', null]);
  });

  it('says what to do about an unauthorised phone, until it is allowed', async () => {
    const device = await plug({}, { unauthorised: true });
    await until('the phone is unauthorised', async () => (await phoneOf(device.serial))?.state === 'unauthorized');
    const refused = await phoneOf(device.serial);
    expect(refused).toMatchObject({ model: null });
    expect(refused!.advice).toContain('tap “Allow”');
    expect((await run(device.serial, 'id')).ending).toBe('phone gone');
    device.behave({});
    await until('the phone is ready', async () => (await phoneOf(device.serial))?.model === 'Redmi Note 12');
    expect((await phoneOf(device.serial))!.advice).toBeNull();
  });

  it('sees that a phone is silent', async () => {
    const device = await plug({}, { silent: true });
    await until('the phone counts as silent', async () => (await phoneOf(device.serial))?.advice != null);
    const silent = await phoneOf(device.serial);
    expect(silent).toMatchObject({ state: 'device', model: null });
    expect(silent!.advice).toContain('answers nothing');
  });

  it('finds the server again after somebody killed it', async () => {
    const seen: PhonesView[] = [];
    const stop = bench.bridge.watch((view) => seen.push(view));
    const device = await plug();
    await until('the phone is listed', () => seen.at(-1)?.devices.length === 1);
    await bench.server.kill();
    await until('the loss is told', () => seen.at(-1)?.bridge.state === 'starting');
    expect(seen.at(-1)!.devices).toEqual([]);
    await until('a server runs again', () => seen.at(-1)?.bridge.state === 'ready');
    await bench.server.adb('connect', device.serial);
    await until('the phone is back', async () => (await phoneOf(device.serial))?.model != null);
    expect((await run(device.serial, 'id')).exit).toBe(7);
    stop();
  });

  it('starts a server where none runs', async () => {
    const port = await freePort();
    const fresh = new AdbBridge({ clock: systemClock, serverPort: port, environment: bench.server.environment });
    try {
      const view = await fresh.list();
      expect(view.bridge).toMatchObject({ state: 'ready', adbPath: realAdb });
      expect(view.devices).toEqual([]);
    } finally {
      await fresh.close();
      await bench.server.adb('-P', String(port), 'kill-server');
    }
  });
});
