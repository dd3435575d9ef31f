/**
 * A process of its own that acquires one phone into a case, and says at the end what came of it and how much memory it
 * took at most. Arguments: port of the adb server, serial, folder of the case, profile. For tests and the bench.
 */

import { join } from 'node:path';
import { createEngine } from '../../main/engine/engine.ts';
import { silentProgress } from '../../main/engine/ports/progress.ts';
import { AdbBridge } from '../../main/host/adapters/adb-bridge.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';

const [port = '', serial = '', folder = '', profile = 'full'] = process.argv.slice(2);
const bridge = new AdbBridge({ clock: systemClock, serverPort: Number(port) });
const engine = createEngine({
  bridge,
  clock: systemClock,
  log: { note() {} },
  resources: join(import.meta.dirname, '../../resources'),
  version: 'test',
});
const made = await engine.createCase(folder, emptyCaseInfo);
await engine.phones();
const before = process.memoryUsage.rss();
let peak = before;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 5);
const began = performance.now();
const outcome = await made.acquire(
  { serial, profile: profile as 'quick' | 'full' },
  { progress: silentProgress, signal: new AbortController().signal },
);
clearInterval(watching);
const ms = performance.now() - began;
const evidence = await made.evidence();
await made.close();
await engine.close();
console.log(JSON.stringify({ before, peak: Math.max(peak, process.memoryUsage.rss()), ms, outcome, evidence }));
