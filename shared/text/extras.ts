import type { AcquisitionExtra } from '../types/acquisition.ts';

/** What an examiner should know before asking for something that is not done unasked: what it gives, and what it changes. */
export const extraWords: Readonly<
  Record<AcquisitionExtra, { readonly title: string; readonly gives: string; readonly changes: string }>
> = {
  accounts: {
    title: 'Accounts, and what is kept in step with servers',
    gives:
      'Which kinds of accounts each user has and what is synchronised for them: it tells whether a maker’s cloud or push service is on.',
    changes:
      'Nothing on the phone. The answer holds the names of accounts, often e-mail addresses or phone numbers; the case shows them with their middle hidden.',
  },
  'netstats-poll': {
    title: 'Count anew, then read the counters again',
    gives:
      'The bytes since the phone last read its counters, up to half an hour, as a second dump beside the untouched one.',
    changes:
      'The phone reads its counters, rewrites its history files, may delete those past their age, and notes in its log that it was asked.',
  },
  bugreport: {
    title: 'Bugreport',
    gives: 'The whole report that Android makes of itself, with logs and services that cannot be asked for one by one.',
    changes:
      'The phone works for one to ten minutes, may vibrate and show a notice, writes the report into its own storage and leaves it there, and its services note that they were asked.',
  },
};
