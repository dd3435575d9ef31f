import { moduleOf } from '../syntax.ts';
import { isCode, isTest, type Tree, type Violation } from '../tree.ts';
import { artifactOf } from './zones.ts';

const browser = [
  'window',
  'globalThis',
  'self',
  'fetch',
  'WebSocket',
  'XMLHttpRequest',
  'EventSource',
  'localStorage',
  'sessionStorage',
  'indexedDB',
];

/** Names that a part of the house may not use, declared by nobody in the file. */
const rows: readonly {
  readonly holds: (path: string) => boolean;
  readonly names: readonly string[];
  readonly why: string;
}[] = [
  {
    holds: (path) => path.startsWith('renderer/') && !path.startsWith('renderer/bridge/'),
    names: browser,
    why: 'only renderer/bridge does',
  },
  {
    holds: (path) => path.startsWith('shared/'),
    names: [...browser, 'document', 'navigator', 'process', 'Buffer', 'require', '__dirname', '__filename'],
    why: 'shared knows neither Node nor a page',
  },
  {
    holds: (path) => path.startsWith('main/engine/'),
    names: [...browser.filter((name) => name !== 'globalThis'), 'document', 'process.argv'],
    why: 'the engine knows no page, no network and no command line',
  },
  {
    holds: (path) => artifactOf(path) !== null,
    names: ['process', 'console', 'Date.now', 'performance', 'Math.random', 'setTimeout', 'setInterval'],
    why: 'an artifact is pure: no clock, no log, no chance',
  },
];

/** Law 1 for what needs no import: the page's, the network's and the process's own names. */
export function globalsLaw(tree: Tree): Violation[] {
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || isTest(path) || /\.config\.[a-z]+$/.test(path)) continue;
    const wrong = rows.filter((row) => row.holds(path));
    if (wrong.length === 0) continue;
    for (const { name, line } of moduleOf(path, text).globals) {
      const row = wrong.find((one) => one.names.includes(name));
      if (row) violations.push({ law: 'globals', path, line, message: `uses ${name}: ${row.why}` });
    }
  }
  return violations;
}
