import { join } from 'node:path';
import { app } from 'electron';

/** Where the program's parts lie, packed or not. This module runs from the bundle in `.vite/build`. */
export function places() {
  const built = join(app.getAppPath(), '.vite');
  return {
    preload: join(built, 'build', 'preload.cjs'),
    engine: join(built, 'build', 'engine-process.cjs'),
    window: join(built, 'renderer', 'main_window'),
    resources: app.isPackaged ? join(process.resourcesPath, 'resources') : join(app.getAppPath(), 'resources'),
  };
}
