import { MOBILE } from '../../world/networks.ts';
import { hashOf } from '../../world/random.ts';
import { ownAddress } from '../../world/sockets.ts';
import type { World } from '../../world/world.ts';
import { bpfText } from '../bpf-text.ts';
import { interfaceOf } from '../interfaces.ts';

/** LinkProperties, with the address and the name server of that network (FORMATS 4.1). */
function linkText(world: World, iface: string, ip: string): string {
  const net = ip.split('.').slice(0, 3).join('.');
  return (
    `{InterfaceName: ${iface} LinkAddresses: [ ${ip}/24 ] DnsAddresses: [ /${net}.1 ] ` +
    `Domains: null MTU: 1500 TcpBufferSizes: 524288,1048576,4194304,524288,1048576,4194304 ` +
    `Routes: [ ${net}.0/24 -> 0.0.0.0 ${iface}${world.sdk >= 31 ? ' mtu 0' : ''},0.0.0.0/0 -> ${net}.1 ${iface}${world.sdk >= 31 ? ' mtu 0' : ''} ]}`
  );
}

/** NetworkAgentInfo as that Android prints it. */
function agentText(world: World): { readonly id: number; readonly text: string } | null {
  const at = world.nowUs;
  const network = world.life.networkAt(at);
  const ip = ownAddress(world, at);
  if (network === null || ip === null) return null;
  const { sdk } = world;
  const wifi = network.ssid !== null;
  const id = 100 + (hashOf(world.options.seed, 'net id', Math.floor(at / 3_600_000_000)) % 50);
  const iface = interfaceOf(wifi ? network.type : MOBILE, world);
  const kind = wifi ? 'WIFI' : 'MOBILE';
  const extra = wifi ? `"${network.ssid}"` : world.home.operator;
  const metered = network.metered ? '' : 'NOT_METERED&';
  const caps =
    `[ Transports: ${wifi ? 'WIFI' : 'CELLULAR'} Capabilities: ${metered}INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED` +
    `${sdk >= 28 ? `${network.roaming ? '' : '&NOT_ROAMING'}&FOREGROUND&NOT_CONGESTED&NOT_SUSPENDED` : ''} ` +
    `LinkUpBandwidth>=${wifi ? 1_048_576 : 51_200}Kbps LinkDnBandwidth>=${wifi ? 1_048_576 : 102_400}Kbps${wifi ? ' SignalStrength: -53' : ''}]`;
  const link = `lp{${linkText(world, iface, ip)}}`;
  const text =
    sdk >= 31
      ? `NetworkAgentInfo{network{${id}}  handle{${id * 4_294_967_296 + 3_405_691_582}}  ni{${kind} CONNECTED extra: ${wifi ? '' : extra}}  created=2026-01-01T00:00:00Z Score(60 ; KeepConnected : 0)  ${link}  nc{${caps}}  factorySerialNumber=2}`
      : `NetworkAgentInfo{ ni{[type: ${kind}[${wifi ? '' : 'LTE'}], state: CONNECTED/CONNECTED, reason: (unspecified), extra: ${extra}, failover: false, available: true, roaming: ${network.roaming}]}  network{${id}}  nethandle{${id * 4_294_967_296 + 3_405_691_582}}  ${link}  nc{${caps}}  Score{60}  everValidated{true}  lastValidated{true}  created{true} lingering{false} explicitlySelected{false} }`;
  return { id, text };
}

/** Requests of the system, and of the VPN’s app where there is one. */
function requests(world: World, id: number | null): string[] {
  const active = world.sdk >= 31 ? ` activeRequest: 1 callbackRequest: 1` : '';
  const own = `  uid/pid:1000/${900 + (hashOf(world.options.seed, 'pid') % 600)}${active} NetworkRequest [ REQUEST id=1, [ Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN] ]`;
  const vpn =
    world.vpnApp && id !== null
      ? [
          `  uid/pid:${world.vpnApp.appId}/4567${active} NetworkRequest [ LISTEN id=12, [ Capabilities: NOT_VPN Uid: ${world.vpnApp.appId}] ]`,
        ]
      : [];
  return [own, ...vpn];
}

/** `dumpsys connectivity`, and `trafficcontroller` where that Android has it there. */
export function connectivityText(world: World, args: readonly string[]): string {
  if (args[0] === 'trafficcontroller' && world.sdk >= 33) return ['TrafficController:', ...bpfText(world)].join('\n');
  const { sdk } = world;
  const agent = agentText(world);
  const known = [...new Set(world.apps.map((app) => app.appId))].filter((uid) => uid >= 10_000).slice(0, 12);
  const lines = [
    sdk >= 30 ? 'NetworkProviders for: WifiNetworkFactory TelephonyNetworkFactory[0]' : 'NetworkFactories for: WIFI',
    '',
    `Active default network: ${agent === null ? 'none' : agent.id}`,
    '',
    'Current Networks:',
    ...(agent === null ? [] : [`  ${agent.text}`]),
    '',
    'Status for known UIDs:',
    ...(sdk >= 31 ? known.map((uid) => `  UID=${uid} blockedReasons=0`) : ['  ']),
    '',
    'Network Requests:',
    ...requests(world, agent?.id ?? null),
    '',
    'mLegacyTypeTracker:',
    '  Supported types: 0 1 2 3 4 5 7 9 10 11 12 14 15 17',
    '',
  ];
  return lines.join('\n');
}
