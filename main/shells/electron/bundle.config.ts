import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { UserConfig } from 'vite';

/** Stands for `import.meta.url` in a bundle. */
const moduleUrl = 'phonehomeModuleUrl';

const root = join(import.meta.dirname, '..', '..', '..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/**
 * What a bundle leaves to be loaded when it runs: Electron, Node, and the packages that the program is shipped with.
 * Several of those hold native parts that cannot be bundled. A list, because Forge appends its own to it.
 */
const outside: (string | RegExp)[] = [
  'electron',
  ...builtinModules,
  /^node:/,
  ...Object.keys(dependencies).map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}(/|$)`)),
];

/**
 * A bundle of one entry for Electron: CommonJS in `.vite/build`, named after its entry. A sandboxed one may load Electron
 * alone, and has no place of its own.
 */
export function bundle(entry: string, kind: 'node' | 'sandboxed'): UserConfig {
  return {
    root,
    build: {
      outDir: '.vite/build',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node24',
      minify: false,
      sourcemap: false,
      lib: { entry: join(root, entry), formats: ['cjs'], fileName: () => '[name].cjs' },
      rollupOptions: {
        external: outside,
        output: {
          codeSplitting: false,
          entryFileNames: '[name].cjs',
          // CommonJS has no import.meta; where a module lies is asked all the same.
          ...(kind === 'node'
            ? { banner: `const ${moduleUrl} = require('node:url').pathToFileURL(__filename).href;` }
            : {}),
        },
      },
    },
    define: kind === 'node' ? { 'import.meta.url': moduleUrl } : {},
    resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  };
}
