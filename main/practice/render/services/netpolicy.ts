import { hashOf } from '../../world/random.ts';
import type { World } from '../../world/world.ts';

/** A ninth of the apps is not let online in the background over a metered network. */
const held = (world: World, name: string): boolean => hashOf(world.options.seed, 'restricted', name) % 9 === 0;

/** `dumpsys netpolicy` (FORMATS 4.2). */
export function netpolicyText(world: World): string {
  const { sdk } = world;
  const apps = world.apps.filter((app) => app.appId >= 10_000);
  const restricted = apps.filter((app) => !app.system && held(world, app.package)).map((app) => app.appId);
  const policies = [...new Set(restricted)].sort((a, b) => a - b);
  const known = [...new Set(apps.map((app) => app.appId))].sort((a, b) => a - b);
  const state = (uid: number): string =>
    sdk >= 31
      ? `  UID=${uid} state={procState=16,seq=${uid % 900},cap=0} blocked_state={blocked=NONE,allowed=NONE,effective=NONE} `
      : `  UID=${uid} state=${sdk >= 23 ? 16 : 4} (bg)${sdk >= 23 ? '' : ' pids='} rules=${policies.includes(uid) ? '4 (REJECT_METERED)' : '0 (NONE)'}`;
  const out = [
    'System ready: true',
    'Restrict background: false',
    ...(sdk >= 23 ? ['Restrict power: false', 'Device idle: false'] : []),
    'Metered ifaces: {}',
    '',
    'Network policies:',
    '',
    'Policy for UIDs:',
    ...policies.map(
      (uid) => `  UID=${uid} policy=${sdk >= 28 ? '1 (REJECT_METERED_BACKGROUND)' : 'REJECT_METERED_BACKGROUND'}`,
    ),
    sdk >= 24 ? 'Status for all known UIDs:' : 'Status for known UIDs:',
    ...known.map(state),
    ...(sdk >= 24 && sdk < 31
      ? ['Status for just UIDs with rules:', ...policies.map((uid) => `  UID=${uid} rules=4 (REJECT_METERED)`)]
      : []),
    '',
  ];
  return out.join('\n');
}

/** `dumpsys network_management` (FORMATS 4.3). */
export function networkManagementText(world: World): string {
  return [
    'mMobileActivityFromRadio=false mLastPowerStateFromRadio=1',
    'mNetworkActive=false',
    'Active quota ifaces: {}',
    'Active alert ifaces: {}',
    ...(world.sdk >= 24 ? ['Data saver mode: false'] : []),
    'UID bandwith control blacklist rule: []',
    'UID bandwith control whitelist rule: []',
    'UID firewall standby chain enabled: true',
    'UID firewall standby rule: []',
    'Firewall enabled: false',
    '',
  ].join('\n');
}
