import { accountsOf, keepersOf } from '../../world/accounts.ts';
import { localText } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

/** `dumpsys account`: for each user its accounts, and the apps that keep some (AccountManagerService.dump). */
export function accountText(world: World): string {
  const accounts = accountsOf(world);
  const part = world.users.flatMap((user) => {
    const own = accounts.filter((one) => one.user === user.id);
    const keepers = keepersOf(world, user.id);
    const added = localText(world.wallUs(world.setupUs), world.home.zone);
    const history =
      world.sdk < 24
        ? []
        : [
            'AccountId, Action_Type, timestamp, UID, TableName, Key',
            'Accounts History',
            ...own.map((_, at) => `${at + 1},action_called_account_add,${added},1000,accounts,0`),
            '',
          ];
    const lines = [
      `Accounts: ${own.length}`,
      ...own.map((one) => `  Account {name=${one.name}, type=${one.type}}`),
      '',
      ...history,
      'Active Sessions: 0',
      '',
      `RegisteredServicesCache: ${keepers.length} services`,
      ...keepers.map(
        ({ package: name, type, component, uid }) =>
          `  ServiceInfo: AuthenticatorDescription {type=${type}}, ComponentInfo{${name}/${component.startsWith('.') ? name : ''}${component}}, uid ${uid}`,
      ),
      '',
      ...(world.sdk >= 26 ? ['Account visibility:', ''] : []),
    ];
    return [`User UserInfo{${user.id}:${user.name}:${user.flags.toString(16)}}:`, ...lines.map((line) => `  ${line}`)];
  });
  return `${part.join('\n')}\n`;
}
