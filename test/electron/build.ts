import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** Builds main process, engine, preload and window as `npm start` does for Electron. Answers with the bundles' folder. */
export async function buildForElectron(): Promise<string> {
  const shell = join(root, 'main', 'shells', 'electron');
  for (const name of ['main', 'engine', 'preload']) {
    await build({ configFile: join(shell, `vite.${name}.config.ts`), logLevel: 'error' });
  }
  const outDir = join(root, '.vite', 'renderer', 'main_window');
  const configFile = join(root, 'renderer', 'vite.config.ts');
  await build({ configFile, logLevel: 'error', base: './', build: { outDir } });
  return join(root, '.vite', 'build');
}
