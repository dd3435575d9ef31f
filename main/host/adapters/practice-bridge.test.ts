import { describe, expect, it } from 'vitest';
import { scriptedPhone } from '../../../test/support/scripted-phone.ts';
import { PracticeBridge } from './practice-bridge.ts';
import { changing } from './testing/command-samples.ts';

let now = 1_000_000;
const clock = { now: () => (now += 10) };
const answers = {
  getprop: {
    stdout: '[ro.product.model]: [Redmi 9]\n[ro.product.manufacturer]: [Xiaomi]\n[ro.build.version.release]: [10]\n',
  },
  'dumpsys netd': { stderr: "Can't find service: netd\n" },
  id: { stdout: 'uid=2000(shell)\n', stderr: 'a warning\n', exit: 4 },
};
const options = { timeoutMs: 1000, signal: new AbortController().signal };

async function run(bridge: PracticeBridge, serial: string, command: string, signal = options.signal) {
  let output = '';
  const result = await bridge.run(serial, command, { ...options, signal }, (chunk) => {
    output += Buffer.from(chunk).toString();
  });
  return { output, ending: result.ending, exit: result.exit, stderr: Buffer.from(result.stderr).toString() };
}

/** Answers everything, and notes what arrived. */
const noted = (arrived: string[]) => (line: string) => {
  arrived.push(line);
  return { stdout: 'x\n' };
};

describe('the bridge to practice phones without adb', () => {
  const bridge = new PracticeBridge(
    [scriptedPhone({ serial: 'NEW', sdk: 29, answers }), scriptedPhone({ serial: 'OLD', sdk: 22, answers })],
    clock,
  );

  it('lists its phones as practice phones', async () => {
    const { bridge: state, devices } = await bridge.list();
    expect(state.state).toBe('ready');
    expect(devices[0]).toEqual({
      serial: 'NEW',
      state: 'device',
      model: 'Redmi 9',
      android: '10',
      maker: 'Xiaomi',
      practice: true,
      advice: null,
    });
  });

  it('runs commands as adb would: apart with shell v2, in one stream before', async () => {
    expect(await run(bridge, 'NEW', 'id')).toEqual({
      output: 'uid=2000(shell)\n',
      ending: 'exit',
      exit: 4,
      stderr: 'a warning\n',
    });
    expect(await run(bridge, 'OLD', 'id')).toEqual({
      output: 'a warning\nuid=2000(shell)\n',
      ending: 'exit',
      exit: 4,
      stderr: '',
    });
  });

  it('hands nothing to the phone that the guard refuses', async () => {
    const arrived: string[] = [];
    const phone = scriptedPhone({ serial: 'G', answers: noted(arrived) });
    const guarded = new PracticeBridge([phone], clock);
    for (const line of changing)
      await expect(run(guarded, 'G', line), line).rejects.toMatchObject({ code: 'refused-command' });
    expect(arrived).toEqual([]);
    const allow = ['netstats-poll'] as const;
    await guarded.run('G', 'dumpsys netstats --poll', { ...options, allow }, () => {});
    expect(arrived).toEqual(['dumpsys netstats --poll']);
  });

  it('keeps the guard, and tells a phone that is not there and a cancel', async () => {
    await expect(run(bridge, 'NEW', 'reboot')).rejects.toMatchObject({ code: 'refused-command' });
    expect((await run(bridge, 'NONE', 'id')).ending).toBe('phone gone');
    expect((await run(bridge, 'NEW', 'id', AbortSignal.abort())).ending).toBe('cancelled');
  });
});
