import { hostname, release, type } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-api.ts';
import { AdbBridge } from './adapters/adb-bridge.ts';
import { stderrLog } from './adapters/stderr-log.ts';
import { systemClock } from './adapters/system-clock.ts';
import { findHome } from './home.ts';

/** The engine with the real world behind its ports: phones over adb, this machine's clock. */
export function makeEngine(settings: { readonly version: string; readonly resources: string }): Engine {
  return createEngine({
    bridge: new AdbBridge({ clock: systemClock, own: settings.resources }),
    clock: systemClock,
    log: stderrLog(),
    resources: settings.resources,
    version: settings.version,
    computer: `${hostname()}, ${type()} ${release()}`,
    keys: join(findHome().folder, 'keys'),
    databases: join(findHome().folder, 'databases'),
  });
}
