import { extraWords } from '../../../../shared/text/extras.ts';
import type { PlanRow } from '../../model/acquisition.ts';
import { netstatsCommands } from './plan-history.ts';
import { both, dump, MiB, row, second } from './plan-row.ts';

const poll = { extra: 'netstats-poll', profiles: both, changes: extraWords['netstats-poll'].changes } as const;
const report = { extra: 'bugreport', profiles: both, changes: extraWords.bugreport.changes } as const;

/** What changes the phone or tells names of accounts: after all else, and only where the examiner asked for it. */
export const extraRows: readonly PlanRow[] = [
  row({
    id: 'accounts',
    extra: 'accounts',
    profiles: both,
    title: 'Accounts',
    section: 'dumpsys account',
    ...dump('account', 20),
    neverEmpty: true,
    proves:
      'Which kinds of accounts each user has. Their names are kept in the answer and are shown with their middle hidden.',
  }),
  row({
    id: 'sync',
    extra: 'accounts',
    profiles: both,
    title: 'Data kept in step with servers',
    section: 'dumpsys content',
    ...dump('content', 30),
    neverEmpty: true,
    proves: 'Which kinds of data the phone keeps in step for its accounts, whether that is on, and when it last ended.',
  }),
  row({
    ...poll,
    id: 'netstats poll',
    title: 'Count anew',
    section: 'dumpsys netstats --poll',
    commands: [{ line: 'dumpsys -t 30 netstats --poll', sinceSdk: 24 }, { line: 'dumpsys netstats --poll' }],
    timeoutMs: 45 * second,
    neverEmpty: true,
    proves: 'That the phone was asked to count anew, and when.',
  }),
  row({
    ...poll,
    id: 'netstats after poll',
    title: 'Bytes per app and network, counted anew',
    section: 'dumpsys netstats',
    ...netstatsCommands,
    changes: null,
    proves: 'As the dump before, with the bytes up to the moment at which the phone counted anew.',
  }),
  row({
    ...report,
    id: 'bugreport text',
    title: 'Bugreport',
    section: 'bugreport',
    // Android 5 and 6 write it to the output and leave nothing behind.
    commands: [{ line: 'bugreport', untilSdk: 23 }],
    timeoutMs: 900 * second,
    mostBytes: 1024 * MiB,
    neverEmpty: true,
    proves: 'What the phone reports of itself.',
  }),
  row({
    ...report,
    id: 'bugreport',
    title: 'Bugreport, being made',
    section: 'bugreportz',
    commands: [
      { line: 'bugreportz -p', sinceSdk: 24 },
      { line: 'bugreportz', sinceSdk: 24 },
    ],
    timeoutMs: 900 * second,
    neverEmpty: true,
    wholeWith: /^OK:/m,
    proves: 'That the phone made a report of itself, when, and where it lies.',
  }),
  row({
    ...report,
    id: 'bugreport file',
    title: 'Bugreport',
    section: 'bugreport',
    commands: [{ line: 'cat {bugreport}', sinceSdk: 24 }],
    timeoutMs: 900 * second,
    mostBytes: 4096 * MiB,
    neverEmpty: true,
    changes: null,
    proves: 'What the phone reports of itself.',
  }),
];
