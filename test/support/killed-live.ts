/** Watches a phone live into a case and prints how often it has looked, until it is killed: CASE SERIAL ADB-PORT. */
import { join } from 'node:path';
import { createEngine } from '../../main/engine/engine.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { bridgeTo } from './interrupted-runs.ts';
import { hurriedPace } from './live-pace.ts';

const [path = '', serial = '', port = ''] = process.argv.slice(2);
const engine = createEngine({
  bridge: bridgeTo({ port: Number(port), environment: process.env }),
  clock: systemClock,
  log: { note() {} },
  resources: join(import.meta.dirname, '../../resources'),
  version: 'test',
  livePace: hurriedPace,
});
const open = await engine.openCase(path);
await open.acquire(
  { serial, profile: 'live', forMs: 60_000 },
  {
    signal: new AbortController().signal,
    progress: { steps() {}, now() {}, live: ({ rounds }) => void process.stdout.write(`${rounds}\n`) },
  },
);
