/** How much an acquisition takes. */
export const acquisitionProfiles = ['quick', 'full', 'live'] as const;
export type AcquisitionProfile = (typeof acquisitionProfiles)[number];

/** What is only done where the examiner asks for it: it changes something on the phone, or tells names of accounts. */
export const acquisitionExtras = ['accounts', 'netstats-poll', 'bugreport'] as const;
export type AcquisitionExtra = (typeof acquisitionExtras)[number];
