import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeEngine, fakeEvent, fakePhones } from '../../../test/shells/fake-engine.ts';
import { runOver } from '../../../test/shells/run-over.ts';

let folder: string;
let engine: ReturnType<typeof fakeEngine>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-cli-'));
  engine = fakeEngine();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runOver(engine, argv);

const verbNames = [
  'devices',
  'pair',
  'connect',
  'acquire',
  'import',
  'summary',
  'events',
  'packets',
  'timeline',
  'apps',
  'hosts',
  'search',
  'warnings',
  'findings',
  'compare',
  'report',
  'export',
  'verify',
  'rebuild',
  'key',
  'sign',
  'stamp',
  'seal',
  'unseal',
  'practice',
  'serve',
];

/** Control signs other than the end of a line, and signs that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const file = (name: string, text = 'abc'): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const newCase = async (): Promise<string> => {
  const path = join(folder, 'one.phonehome');
  await run('import', '--case', path, file('a.txt'));
  return path;
};

describe('help', () => {
  it('lists every verb', async () => {
    const { exit, out, err } = await run('--help');
    expect([exit, err]).toEqual([0, '']);
    for (const name of verbNames) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each(verbNames)('%s --help is on standard output', async (name) => {
    const { exit, out, err } = await run(name, '--help');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: phonehome ${name} `));
    for (const option of ['--json', '--quiet', '--help']) expect(out).toContain(option);
  });

  it('prints the version', async () => {
    expect(await run('--version')).toEqual({ exit: 0, out: '1.2.3\n', err: '' });
  });

  it('is on standard error, with 2, where nothing was asked', async () => {
    const { exit, out, err } = await run();
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('Usage: phonehome');
  });
});

describe('wrong use', () => {
  it.each([
    [['frobnicate'], 'frobnicate'],
    [['events'], '--case'],
    [['import', '--case', 'x'], 'path'],
    [['import', '--case', '', 'a.txt'], '--case is empty'],
    [['import', '--case', 'x', 'a.txt', ''], '<path> is empty'],
    [['summary', '--case', ''], '--case is empty'],
    [['events', '--case', 'x', '--kind', 'rumour'], '--kind'],
    [['events', '--case', 'x', '--from', 'yesterday'], '--from'],
    [['events', '--case', 'x', '--uid', '12.5'], '--uid'],
    [['events', '--case', 'x', '--from', '2026-02-30'], '--from'],
    [['events', '--case', 'x', '--from', '2026-02-03', '--to', '2026-02-02'], '--from must be before --to'],
    [['timeline', '--case', 'x', '--from', '2026-02-03', '--to', '2026-02-02'], '--from must be before --to'],
    [['search', '--case', 'x'], 'text'],
    [['events', '--case', 'x', '--colour', 'red'], '--colour'],
    [['timeline', '--case', 'x', '--by', 'colour'], '--by'],
    [['timeline', '--case', 'x', '--buckets', '0'], '--buckets'],
    [['acquire', '--case', 'x', '--profile', 'all'], '--profile'],
    [['acquire', '--case', 'x', '--with', 'netstats-poll,everything'], 'netstats-poll and bugreport'],
    [['acquire', '--case', 'x', '--for', '5'], '--for needs --profile live'],
    [['acquire', '--case', 'x', '--profile', 'live', '--for', 'long'], '--for'],
    [['acquire', '--case', 'x', '--packets'], '--packets needs --profile live and --root'],
    [['acquire', '--case', 'x', '--root', '--packets'], '--packets'],
    [['look'], '--case'],
    [['report', '--case', 'x', '--out', 'f.pdf', '--date', 'soon'], '--date'],
    [['export', '--case', 'x', '--format', 'parquet', '--out', 'f'], 'parquet'],
    [['serve', '--port', '70000'], '--port'],
    [['practice', '--android', '4'], '--android'],
    [['practice', '--maker', 'acme'], '--maker'],
    [['compare', '--case', 'x', '--with', 'y'], 'compare'],
  ])('%j is one sentence that names %s, with 2', async (argv, named) => {
    const { exit, out, err } = await run(...argv);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(named);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).not.toContain('    at ');
  });
});

describe('devices', () => {
  it('prints the agreed names', async () => {
    const { exit, out } = await run('devices', '--json');
    expect(exit).toBe(0);
    const rows = JSON.parse(out) as Record<string, unknown>[];
    expect(rows.map((row) => Object.keys(row))).toEqual(
      rows.map(() => ['serial', 'state', 'model', 'android', 'advice']),
    );
    expect(rows[1]).toMatchObject({ serial: 'L0CK', state: 'unauthorized', model: null });
  });

  it('says what is missing where adb is', async () => {
    engine = {
      ...engine,
      phones: async () => ({
        bridge: { state: 'missing', adbPath: null, version: null, advice: 'Install adb.' },
        devices: [],
      }),
    };
    expect(await run('devices', '--json')).toEqual({ exit: 3, out: '[]\n', err: 'Install adb.\n' });
  });
});

describe('import', () => {
  it('makes the case and prints the agreed names', async () => {
    const { exit, out, err } = await run('import', '--json', '--case', join(folder, 'one'), file('a.txt'));
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      evidence: [{ id: 'E1', sha256: '0'.repeat(64), bytes: 3, name: 'a.txt', sections: ['dumpsys netstats'] }],
      events: 1,
      warnings: 0,
    });
    expect(err).toBe('Reading: complete, 3 B, 0.0 s\n');
    expect(existsSync(join(folder, 'one.phonehome'))).toBe(true);
  });

  it('says nothing of its progress when it is to be quiet', async () => {
    expect((await run('import', '--quiet', '--case', join(folder, 'one'), file('a.txt'))).err).toBe('');
  });

  it('answers 1 where some paths failed, with a sentence for each', async () => {
    const missing = join(folder, 'none.txt');
    const { exit, err } = await run('import', '--quiet', '--case', join(folder, 'one'), file('a.txt'), missing);
    expect([exit, err]).toEqual([1, `There is no file ${missing}.\n`]);
    expect(existsSync(join(folder, 'one.phonehome'))).toBe(true);
  });

  it('answers 3 where all failed, and leaves no case that was not there before', async () => {
    const missing = join(folder, 'none.txt');
    const { exit } = await run('import', '--case', join(folder, 'deep', 'er', 'one'), missing);
    expect(exit).toBe(3);
    expect(existsSync(join(folder, 'deep'))).toBe(false);
    const standing = await newCase();
    expect((await run('import', '--case', standing, missing)).exit).toBe(3);
    expect(existsSync(standing)).toBe(true);
  });
});

describe('acquire', () => {
  it('prints the agreed names', async () => {
    const { exit, out } = await run('acquire', '--json', '--quiet', '--case', join(folder, 'one'), '--device', 'F4K3');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      evidence: 3,
      events: 1,
      warnings: 0,
      refused: [],
      durationMs: 5,
      offsetMs: 12.5,
      offsetErrorMs: 3,
    });
  });

  it('fails in one sentence and leaves no case where the phone gives nothing', async () => {
    const { exit, out, err } = await run('acquire', '--quiet', '--case', join(folder, 'one'), '--device', 'L0CK');
    expect([exit, out, err]).toEqual([3, '', 'The phone L0CK does not trust this computer.\n']);
    expect(existsSync(join(folder, 'one.phonehome'))).toBe(false);
  });
});

describe('reading a case', () => {
  it('summary has the agreed names', async () => {
    const { exit, out } = await run('summary', '--json', '--case', await newCase());
    expect(exit).toBe(0);
    const view = JSON.parse(out) as Record<string, unknown>;
    for (const name of ['device', 'span', 'events', 'bytes', 'apps', 'hosts', 'countries', 'warnings', 'coverage']) {
      expect(view).toHaveProperty(name);
    }
  });

  it('events are one JSON value a line, and the filter reaches the engine', async () => {
    const path = await newCase();
    const { exit, out } = await run(
      ...['events', '--json', '--case', path, '--kind', 'volume', '--uid', '10123', '--app', 'Ex'],
      ...['--from', '2026-03-01T08:00:00Z', '--to', '2026-03-02', '--country', 'in', '--host', 'h.example'],
    );
    expect(exit).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([fakeEvent]);
    expect(engine.calls).toContain(
      `eventStream ${JSON.stringify({
        kind: 'volume',
        app: 'Ex',
        uid: 10123,
        fromUs: 1_772_352_000_000_000,
        toUs: 1_772_409_600_000_000,
        country: 'IN',
        host: 'h.example',
      })}`,
    );
  });

  it('timeline has lanes with buckets of five figures', async () => {
    const { exit, out } = await run('timeline', '--json', '--case', await newCase());
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      lanes: [
        {
          key: 'uid:10123',
          name: 'Example',
          sent: 1000,
          received: 2000,
          buckets: [[1_772_352_000_000_000, 1_772_359_200_000_000, 1000, 2000, 2500]],
        },
      ],
      coverage: [
        {
          source: 'per-app history',
          fromUs: 1_772_352_000_000_000,
          toUs: 1_772_366_400_000_000,
          evidence: 'E1',
        },
      ],
    });
  });

  it('timeline begins after the last event without complaint where --from lies there', async () => {
    const { exit, err } = await run('timeline', '--json', '--quiet', '--case', await newCase(), '--from', '2100-01-01');
    expect([exit, err]).toEqual([0, '']);
  });

  it('warnings are one JSON value a line', async () => {
    const { exit, out } = await run('warnings', '--json', '--case', await newCase());
    expect(exit).toBe(0);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['evidence', 'section', 'line', 'offset', 'text', 'reason']);
  });

  it.each([['apps'], ['findings']])('%s is an array', async (name) => {
    expect(await run(name, '--json', '--case', await newCase())).toEqual({ exit: 0, out: '[]\n', err: '' });
  });

  it('every reading verb prints something readable without --json', async () => {
    const path = await newCase();
    for (const name of ['summary', 'events', 'timeline', 'apps', 'warnings', 'findings', 'verify']) {
      const { exit, out } = await run(name, '--quiet', '--case', path);
      expect([name, exit]).toEqual([name, 0]);
      expect(out.trim(), name).not.toBe('');
      expect(out, name).not.toMatch(/undefined|\[object|null/);
    }
  });

  it.each(['summary', 'events', 'timeline', 'apps', 'warnings', 'findings', 'rebuild'])(
    '%s says in one sentence where there is no case',
    async (name) => {
      const { exit, out, err } = await run(name, '--quiet', '--case', join(folder, 'none'));
      expect([exit, out]).toEqual([3, '']);
      expect(err).toContain(join(folder, 'none'));
    },
  );
});

describe('what a phone or a file name brought along', () => {
  it('never steers the terminal, and stays as it is in JSON', async () => {
    const evil = 'a\u001b[2J\u001b]0;title\u0007b\u202egpj\u009b31m\nFaked  line\u007f';
    const path = await newCase();
    const real = engine;
    engine = {
      ...real,
      phones: async () => ({
        ...fakePhones,
        devices: fakePhones.devices.map((one) => ({ ...one, model: evil, advice: evil })),
      }),
      openCase: async (at) => {
        const open = await real.openCase(at);
        return {
          ...open,
          async *eventStream() {
            yield [{ ...fakeEvent, app: evil, network: { ...fakeEvent.network!, name: evil } }];
          },
          warnings: async () => [{ evidence: 'E1', section: evil, line: 1, offset: 0, text: evil, reason: evil }],
          importFiles: async (_paths, work) => {
            work.progress.now(`Reading ${evil}`, 0);
            work.progress.steps([{ id: 'a', title: evil, state: 'complete', bytes: 1, ms: 1, note: evil }]);
            const kept = { id: 'E1', sha256: '0', bytes: 1, name: evil, sections: [evil], already: false };
            const failure = { path: evil, code: 'not-found', message: `${evil} does not exist.` };
            return { evidence: [kept], events: 0, warnings: 0, failures: [failure] };
          },
        };
      },
    };
    const calls = [
      ['devices'],
      ['events', '--case', path],
      ['warnings', '--case', path],
      ['import', '--case', path, 'x'],
    ];
    for (const call of calls) {
      const { out, err } = await run(...call);
      expect(out).toContain('[U+001B][2J');
      expect(`${out}${err}`, call[0]).not.toMatch(unseen);
      expect(out, call[0]).not.toMatch(/^Faked/m);
    }
    const { out } = await run('events', '--json', '--case', path);
    expect((JSON.parse(out) as { app: string }).app).toBe(evil);
  });
});

describe('report, export, verify', () => {
  it('report prints pages and hash and writes where it was told', async () => {
    const out = join(folder, 'r.pdf');
    const answer = await run('report', '--json', '--quiet', '--case', await newCase(), '--out', out);
    expect(answer.exit).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({ pages: 1, sha256: '0'.repeat(64) });
    expect(readFileSync(out, 'utf8')).toBe('%PDF-');
  });

  it('export prints the files', async () => {
    const path = await newCase();
    const { exit, out } = await run('export', '--json', '--case', path, '--format', 'csv', '--out', join(folder, 'x'));
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({ files: [{ path: join(folder, 'x.csv'), rows: 1, sha256: '0'.repeat(64) }] });
  });

  it('verify answers 1 and the list where anything differs', async () => {
    const failures = [{ what: 'evidence E1', expected: 'aa', found: 'bb' }];
    engine = { ...engine, verifyFolder: async () => ({ ok: false, checked: 2, failures }) };
    const { exit, out } = await run('verify', '--json', '--quiet', '--case', await newCase());
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({ ok: false, checked: 2, failures });
  });
});

it('a fault that nobody expected is one sentence and 3', async () => {
  engine = {
    ...engine,
    phones: async () => {
      throw new TypeError('phones is not iterable');
    },
  };
  const { exit, out, err } = await run('devices');
  expect([exit, out, err]).toEqual([3, '', 'An unexpected fault: phones is not iterable\n']);
});
