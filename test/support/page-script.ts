import { join } from 'node:path';
import { build } from 'vite';

/** One script of a module and all that it imports, for a page that is no page of the program; it is `globalThis[name]` there. */
export async function pageScript(file: string, name: string): Promise<string> {
  const made = await build({
    configFile: false,
    root: join(import.meta.dirname, '../..'),
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: file, formats: ['iife'], name } },
  });
  const [first] = [made].flat();
  if (!first || !('output' in first)) throw new Error(`${file} could not be bundled`);
  return first.output[0].code;
}
