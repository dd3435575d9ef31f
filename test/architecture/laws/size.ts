import type { Tree, Violation } from '../tree.ts';

/** Lines that a file of code may have. */
export const LIMIT = 400;

const isMeasured = (path: string) => /\.(ts|tsx|js|mjs|cjs|css|html|typ)$/.test(path) && !path.includes('/fixtures/');

/** Files stay small: above the limit a file does more than one thing. `data` names tables that are long because the world is. */
export function sizeLaw(tree: Tree, data: readonly string[]): Violation[] {
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (!isMeasured(path) || data.includes(path)) continue;
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > LIMIT)
      violations.push({ law: 'size', path, line: null, message: `has ${lines} lines, more than ${LIMIT}` });
  }
  return violations;
}
