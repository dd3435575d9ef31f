/*
 * A kernel uid of Android is its user times 100000 plus the app id that an app has in every user (UserHandle of AOSP).
 * Numbers below 0 are netstats' own and belong to no user.
 */
const PER_USER = 100_000;

/** Android's user of a kernel uid; null for netstats' own negative numbers. */
export function userOf(uid: number): number | null {
  return uid < 0 ? null : Math.floor(uid / PER_USER);
}

/** The app id of a kernel uid, an SDK sandbox counted as its app; a negative number is left as it is. */
export function appIdOf(uid: number): number {
  return uid < 0 ? uid : uid % PER_USER;
}

/** The kernel uid of an app in a user. */
export function uidOf(user: number, appId: number): number {
  return user * PER_USER + appId;
}
