import { join } from 'node:path';
import { createHost } from '../../main/host/host.ts';
import { parentLine } from '../../main/host/parent-line.ts';
import { runProcess } from '../../main/host/serve-process.ts';
import { fakeEngine } from './fake-engine.ts';

/** The engine's process with a fake engine in it: `settings.resources` is a scratch folder; opening a path that ends in `crash` ends it. */
runProcess(parentLine(), async (settings) => {
  const engine = fakeEngine();
  return createHost({
    engine: {
      ...engine,
      openCase(path) {
        if (path.endsWith('crash')) process.exit(1);
        return engine.openCase(path);
      },
    },
    shell: settings.shell,
    home: { folder: join(settings.resources, 'home'), casesFolder: join(settings.resources, 'cases') },
    sample: { folder: join(settings.resources, 'sample'), build: async () => {} },
  });
});
