import { counts } from './ledger.ts';
import { diceOf, hashOf } from './random.ts';
import { MINUTE_US } from './time.ts';
import type { World } from './world.ts';

/** An account that is signed in for a user of the practice phone. */
export interface PracticeAccount {
  readonly user: number;
  readonly type: string;
  readonly name: string;
}

/** One kind of data of an account, and whether it is kept in step with a server. True time, microseconds of UTC. */
export interface PracticeSync {
  readonly account: PracticeAccount;
  readonly authority: string;
  readonly syncable: boolean;
  readonly enabled: boolean;
  readonly lastUs: number | null;
}

/** Apps that keep accounts, each with the type that it keeps and the class that does it. */
const keepers: readonly { readonly package: string; readonly type: string; readonly component: string }[] = [
  {
    package: 'com.google.android.gms',
    type: 'com.google',
    component: 'com.google.android.gms.auth.account.authenticator.GoogleAccountAuthenticatorService',
  },
  { package: 'com.xiaomi.account', type: 'com.xiaomi', component: '.accounts.XiaomiAuthenticatorService' },
  { package: 'com.osp.app.signin', type: 'com.osp.app.signin', component: '.AuthenticationService' },
  { package: 'com.whatsapp', type: 'com.whatsapp', component: '.accountsync.AccountAuthenticatorService' },
];

/** What is kept in step, by type of account, and the package that does it. */
const kinds: Readonly<Record<string, readonly (readonly [authority: string, by: string])[]>> = {
  'com.google': [
    ['com.android.calendar', 'com.google.android.gms'],
    ['com.android.contacts', 'com.google.android.syncadapters.contacts'],
    ['gmail-ls', 'com.google.android.gm'],
  ],
  'com.xiaomi': [
    ['call_log', 'com.miui.micloudsync'],
    ['com.android.contacts', 'com.miui.cloudservice'],
    ['com.miui.gallery.cloud.provider', 'com.miui.gallery'],
    ['notes', 'com.miui.notes'],
    ['sms', 'com.miui.cloudservice'],
    ['wifi', 'com.miui.cloudservice'],
  ],
  'com.osp.app.signin': [
    ['com.android.calendar', 'com.samsung.android.scloud'],
    ['com.android.contacts', 'com.samsung.android.scloud'],
  ],
  'com.whatsapp': [['com.android.contacts', 'com.whatsapp']],
};

/** Apps of that user which keep accounts. */
export function keepersOf(world: World, user: number) {
  return keepers.flatMap((keeper) => {
    const app = world.apps.find((one) => one.package === keeper.package && one.users.includes(user));
    return app ? [{ ...keeper, uid: user * 100_000 + app.appId }] : [];
  });
}

/** Who is signed in. Mi Account goes when its owner switches Xiaomi’s cloud off; only the owner of the phone has one. */
export function accountsOf(world: World): PracticeAccount[] {
  const { seed } = world.options;
  return world.users.flatMap((user) =>
    keepersOf(world, user.id).flatMap(({ type }): PracticeAccount[] => {
      const number = hashOf(seed, 'account', user.id, type);
      if (type === 'com.google') return [{ user: user.id, type, name: `person.${number % 10_000}@mail.example` }];
      if (user.id !== 0) return [];
      if (type === 'com.xiaomi')
        return world.cloudOn ? [{ user: 0, type, name: String(6_600_000_000 + (number % 1e8)) }] : [];
      if (type === 'com.whatsapp') return [{ user: 0, type, name: 'WhatsApp' }];
      return [{ user: 0, type, name: `person.${number % 10_000}@mail.example` }];
    }),
  );
}

/** When that package last exchanged something in the background: a few minutes into the last hour in which its uid did. */
export function lastInBackground(world: World, name: string): number | null {
  const app = world.apps.find((one) => one.package === name);
  if (!app) return null;
  const last = world.entries.findLast((entry) => entry.uid === app.appId && entry.set === 0 && counts(entry));
  if (!last) return null;
  const room = Math.max(0, Math.min(9 * MINUTE_US, world.polledUs - last.trueUs));
  return last.trueUs + Math.floor(diceOf(world.options.seed, 'sync', name, last.trueUs).next() * room);
}

/** What is kept in step, account by account. */
export function syncsOf(world: World): PracticeSync[] {
  return accountsOf(world).flatMap((account) =>
    (kinds[account.type] ?? []).flatMap(([authority, by]): PracticeSync[] => {
      if (!world.apps.some((app) => app.package === by && app.users.includes(account.user))) return [];
      const wanted = account.type === 'com.xiaomi' ? authority !== 'wifi' : authority !== 'com.android.calendar';
      return [
        { account, authority, syncable: true, enabled: wanted, lastUs: wanted ? lastInBackground(world, by) : null },
      ];
    }),
  );
}
