import { findHome } from './home.ts';
import { createHost, type Host } from './host.ts';
import { makeEngine } from './make-engine.ts';
import type { EngineSettings } from './process-messages.ts';
import { buildSampleCase, sampleFolder } from './sample-case.ts';

/** The host with the real engine and the person's own folders. */
export async function makeHost(settings: EngineSettings): Promise<Host> {
  const home = findHome();
  const folder = sampleFolder(home);
  return createHost({
    engine: makeEngine(settings),
    shell: settings.shell,
    home,
    sample: { folder, build: (work) => buildSampleCase(folder, settings, work) },
  });
}
