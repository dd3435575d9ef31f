/**
 * Acquires a phone into a case and kills itself, as nothing can catch it, once so many bytes of answers have come:
 * CASE SERIAL ADB-PORT BYTES DELAY, DELAY from 0 to 1 for how long after that byte.
 */
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { testEngine, work } from './engine.ts';
import { bridgeTo, counting } from './interrupted-runs.ts';

const [path = '', serial = '', port = '', bytes = '', delay = ''] = process.argv.slice(2);
let left = Number(bytes);
let counts = false;
const die = () => process.kill(process.pid, 'SIGKILL');
const bridge = counting(bridgeTo({ port: Number(port), environment: process.env }), async (came) => {
  if (!counts) return;
  left -= came;
  if (left > 0) return;
  // Half of them at the very byte, the others somewhat later: between two writes, in the middle of one, in the log.
  const ms = Math.max(0, Number(delay) - 0.5) * 60;
  if (ms === 0) die();
  else setTimeout(die, ms);
});
const engine = testEngine(bridge, systemClock.now);
const open = await engine.openCase(path);
const { signal } = work();
await open.acquire(
  { serial, profile: 'full' },
  {
    signal,
    progress: {
      steps() {
        counts = true;
      },
      now() {},
    },
  },
);
await open.close();
await engine.close();
await bridge.close();
