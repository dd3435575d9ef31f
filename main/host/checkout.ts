import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the program's parts lie when it runs from a checkout. An installed program has its own places. */
export const checkout = {
  root: join(import.meta.dirname, '..', '..'),
  resources: join(import.meta.dirname, '..', '..', 'resources'),
  /** The built window. */
  window: join(import.meta.dirname, '..', '..', 'dist', 'renderer'),
  /** The module that runs in the engine's process. */
  engine: join(import.meta.dirname, 'engine-process.ts'),
} as const;

/** The version in package.json. */
export function checkoutVersion(): string {
  const { version } = JSON.parse(readFileSync(join(checkout.root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
