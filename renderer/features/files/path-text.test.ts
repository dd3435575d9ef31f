import { describe, expect, it } from 'vitest';
import { cutPath, joinPath } from './path-text.ts';

describe('paths of the engine’s machine', () => {
  it('are cut and joined in the manner of either system', () => {
    for (const path of ['/srv/Cases/a.age', '/a.age', 'C:\\Cases\\a.age', 'D:\\a.age']) {
      const { folder, name } = cutPath(path);
      expect(name).toBe('a.age');
      expect(joinPath(folder, name)).toBe(path);
    }
  });

  it('are joined once, also where the folder ends with its mark', () => {
    expect(joinPath('/srv/', 'x')).toBe('/srv/x');
    expect(joinPath('C:\\', 'x')).toBe('C:\\x');
    expect(joinPath('', 'x')).toBe('x');
  });
});
