import { describe, expect, it } from 'vitest';
import { fakeEngine } from '../../../test/shells/fake-engine.ts';
import { runOver } from '../../../test/shells/run-over.ts';

const run = (...argv: string[]) => runOver(fakeEngine(), argv);

describe('databases', () => {
  it('lists them with their dates, in columns and as JSON', async () => {
    const { exit, out } = await run('databases');
    expect(exit).toBe(0);
    expect(out).toMatch(/^Id +Says +Date +From +Title\nfake-places +location +2026-01-01 +the program +Fake places\n$/);
    expect(JSON.parse((await run('databases', 'list', '--json')).out)).toMatchObject([{ id: 'fake-places' }]);
  });

  it('imports a file and takes one out', async () => {
    expect((await run('databases', 'add', 'some.mmdb')).out).toMatch(/^Imported as abc: .*some\.mmdb, location, of /);
    expect(JSON.parse((await run('databases', 'add', 'some.mmdb', '--json')).out)).toMatchObject({ shipped: false });
    expect((await run('databases', 'remove', 'abc')).out).toBe('Removed abc.\n');
  });

  it('says what is missing or too much', async () => {
    const wrong = [
      ['databases', 'add'],
      ['databases', 'remove'],
      ['databases', 'list', 'x'],
      ['databases', 'sell'],
    ];
    for (const argv of wrong) expect(await run(...argv), argv.join(' ')).toMatchObject({ exit: 2, out: '' });
    expect((await run('databases', 'add')).err).toContain('needs a file');
  });
});
