import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../main/engine/engine.ts';
import type { Engine, Work } from '../../main/engine/engine-api.ts';
import type { DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
import { silentProgress } from '../../main/engine/ports/progress.ts';

const root = join(import.meta.dirname, '../..');

/** A bridge that sees no phone. */
export const noPhones: DeviceBridge = {
  list: async () => ({ bridge: { state: 'missing', adbPath: null, version: null, advice: null }, devices: [] }),
  watch: () => () => {},
  run: async () => {
    throw new Error('no phone is there');
  },
  close: async () => {},
};

/**
 * The real engine over the real file system. Times come from `now` (microseconds), by default the host's clock. `keys` is the
 * folder of the signing key; without it nothing can be signed. `databases` is the folder of imported databases.
 */
export function testEngine(
  bridge: DeviceBridge = noPhones,
  now: () => number = () => Date.now() * 1000,
  keys?: string,
  databases?: string,
): Engine {
  return createEngine({
    bridge,
    clock: { now },
    log: { note() {} },
    resources: join(root, 'resources'),
    version: 'test',
    keys,
    databases,
  });
}

export function work(signal: AbortSignal = new AbortController().signal): Work {
  return { progress: silentProgress, signal };
}

/** A fresh folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'phonehome-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
