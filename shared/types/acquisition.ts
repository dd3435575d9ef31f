/** How much an acquisition takes. */
export const acquisitionProfiles = ['quick', 'full', 'live'] as const;
export type AcquisitionProfile = (typeof acquisitionProfiles)[number];

/** What changes something on the phone, and is therefore only done where the examiner asks for it. */
export const acquisitionExtras = ['netstats-poll', 'bugreport'] as const;
export type AcquisitionExtra = (typeof acquisitionExtras)[number];
