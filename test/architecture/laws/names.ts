import { moduleOf } from '../syntax.ts';
import { isCode, type Tree, type Violation } from '../tree.ts';

const law = 'names';
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;
/** Names that say nothing, so that everything ends up behind them. */
const empty = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'common', 'misc']);

const wordsOf = (name: string) => name.split(/[-_.]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
const isConfig = (path: string) => /\.config\.(js|ts|mjs)$/.test(path);

function pathFault(path: string): string | null {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  for (const part of [...parts, file]) {
    const word = wordsOf(part).find((one) => empty.has(one));
    if (word) return `"${word}" says nothing about what is inside`;
  }
  const folder = parts.find((part) => !kebab.test(part.replace(/^\./, '')));
  if (folder) return `the folder ${folder} is not in kebab-case`;
  const stem = file.replace(/^\./, '').split('.')[0] ?? '';
  if (/\.tsx$/.test(file)) return kebab.test(stem) || pascal.test(stem) ? null : 'is neither kebab-case nor PascalCase';
  if (isCode(file) || /\.(css|html|json|svg|typ)$/.test(file)) return kebab.test(stem) ? null : 'is not in kebab-case';
  return null;
}

/** Files and folders in kebab-case, components in PascalCase; no empty names, no `I` prefix, no default exports. */
export function nameLaw(tree: Tree): Violation[] {
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    const say = (line: number | null, message: string) => violations.push({ law, path, line, message });
    if (path.includes('/fixtures/')) continue;
    const fault = pathFault(path);
    if (fault) say(null, fault);
    if (!isCode(path)) continue;
    const module = moduleOf(path, text);
    if (module.defaultExport !== null && !isConfig(path)) say(module.defaultExport, 'has a default export');
    for (const { name, is, line } of module.exported) {
      const word = wordsOf(name).at(-1) ?? '';
      if (is !== 'function' && is !== 'value' && empty.has(word)) say(line, `exports ${name}: "${word}" says nothing`);
    }
    for (const { name, line } of module.interfaces) {
      if (/^I[A-Z][a-z]/.test(name)) say(line, `the interface ${name} has an I prefix`);
    }
  }
  return violations;
}
