import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addFilterOptions, filterOf } from './filter-options.ts';

const read = (...args: string[]) =>
  filterOf(
    addFilterOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
      .parse(args, { from: 'user' })
      .opts(),
  );

it('the options of a filter become the filter that the window asks with', () => {
  expect(read()).toEqual({});
  expect(
    read(
      ...['--text', 'mi', '--app', 'com.mi', '--uid', '10058', '--direction', 'sent', '--background', '--optional'],
      ...[
        '--country',
        'sg',
        '--state',
        'cn',
        '--whose',
        'operator',
        '--organisation',
        'xiaomi',
        '--service',
        'mi-cloud',
      ],
      ...['--network', 'wifi', '--host', 'h.example', '--min-bytes', '1000', '--counted', '--from', '2026-03-01'],
    ),
  ).toEqual({
    text: 'mi',
    app: 'com.mi',
    uid: 10_058,
    direction: 'sent',
    backgroundOnly: true,
    optionalOnly: true,
    country: 'SG',
    state: 'CN',
    whose: 'operator',
    organisation: 'xiaomi',
    service: 'mi-cloud',
    network: 'wifi',
    host: 'h.example',
    minBytes: 1000,
    countedOnly: true,
    fromUs: Date.UTC(2026, 2, 1) * 1000,
  });
});

it('what does not fit is refused with the option named', () => {
  expect(() => read('--whose', 'owner')).toThrow('--whose goes with --state or --organisation.');
  for (const country of ['India', 'I1']) expect(() => read('--country', country)).toThrow('two letters');
  expect(() => read('--direction', 'up')).toThrow('--direction');
  expect(() => read('--min-bytes', '1.5')).toThrow('--min-bytes');
  expect(() => read('--text', 'x'.repeat(201))).toThrow('--text');
});
