import type { StepView } from '../../../../../shared/types/task.ts';
import { MemoryKeeper } from '../../../../../test/support/memory-keeper.ts';
import { ScriptedBridge, type ScriptedResult } from '../../../../../test/support/scripted-bridge.ts';
import { type AcquireFromDeviceOptions, acquireFromDevice } from '../acquire-from-device.ts';

/** A history of bytes, 200 kB. */
export const dump = `Active interfaces:\n${'      st=1 rb=2 rp=3 tb=4 tp=5 op=0\n'.repeat(6000)}`;
const getprop = '[persist.sys.timezone]: [Asia/Kolkata]\n[ro.build.version.sdk]: [33]\n[ro.product.model]: [Redmi]\n';
/** Phone minus host. */
export const phoneAheadUs = 2_500_000;

/** A phone with two users that answers all of the plan. */
function goodPhone(bridge: () => ScriptedBridge): (command: string) => ScriptedResult {
  return (command) => {
    if (command.startsWith('date')) {
      const us = bridge().nowUs + phoneAheadUs;
      const asked = command.replace(/^date \+%s\.%N; cat \/proc\/uptime/, '');
      const behind = asked === '' ? '' : `${asked}\n`;
      return { stdout: `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}000\n100.00 200.00\n${behind}` };
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

/** An acquisition of that phone into memory; `change` answers some commands otherwise. */
export function acquisition(change: (command: string, good: ScriptedResult) => ScriptedResult | null = () => null) {
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
