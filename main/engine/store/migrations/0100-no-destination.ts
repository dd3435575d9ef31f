/**
 * Where a contact leads stands in no table of its own any more: its address and the name of its peer say it. Writing it cost a third
 * of the time of all labels, and asking for it no less than asking by address and name. A reader of an older case file leaves it where it is.
 */
export const noDestination: readonly string[] = ['DROP TABLE destination'];
