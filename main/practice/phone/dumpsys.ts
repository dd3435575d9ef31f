import { bpfText } from '../render/bpf-text.ts';
import { netstatsText } from '../render/netstats-text.ts';
import { packageDump } from '../render/package-dump.ts';
import { accountText } from '../render/services/account.ts';
import { alarmText } from '../render/services/alarm.ts';
import { appopsText } from '../render/services/appops.ts';
import { batteryText } from '../render/services/batterystats.ts';
import { connectivityText } from '../render/services/connectivity.ts';
import { connmetricsText } from '../render/services/connmetrics.ts';
import { contentText } from '../render/services/content.ts';
import { dnsresolverText } from '../render/services/dnsresolver.ts';
import { jobsText } from '../render/services/jobscheduler.ts';
import { netpolicyText, networkManagementText } from '../render/services/netpolicy.ts';
import { telephonyText, wifiText } from '../render/services/radio.ts';
import { usageText } from '../render/services/usagestats.ts';
import { localText } from '../world/time.ts';
import type { World } from '../world/world.ts';
import type { Ran } from './shell.ts';

/** Services of this phone that have something to tell. A real one has ten times as many. */
const services: Readonly<Record<string, (world: World, args: readonly string[], nowUs: number) => string>> = {
  account: accountText,
  alarm: (world, _, nowUs) => alarmText(world, nowUs),
  appops: appopsText,
  batterystats: batteryText,
  connectivity: connectivityText,
  connmetrics: connmetricsText,
  content: contentText,
  jobscheduler: jobsText,
  netpolicy: netpolicyText,
  netstats: netstatsText,
  network_management: networkManagementText,
  package: packageDump,
  'telephony.registry': telephonyText,
  usagestats: usageText,
  user: (world) =>
    [
      'Users:',
      ...world.users.flatMap((user) => [
        `  UserInfo{${user.id}:${user.name}:${user.flags.toString(16)}} serialNo=${user.id}`,
        `    State: ${user.running ? 'RUNNING_UNLOCKED' : '-1'}`,
      ]),
      '',
    ].join('\n'),
  wifi: wifiText,
};

/** Services that user shell may not find; dumpsys says then that they are not there (FORMATS 0.1, 4.4). */
const guarded: Readonly<Record<string, { readonly from: number; readonly text: (typeof services)[string] }>> = {
  dnsresolver: { from: 29, text: dnsresolverText },
  netd: {
    from: 28,
    text: (world, args) =>
      args[0] === 'trafficcontroller' && world.sdk <= 32
        ? ['TrafficController:', ...bpfText(world)].join('\n')
        : 'NetworkController\n  mDefaultNetId: 100\n',
  },
};

/** Services that came with an Android of their own. */
const since: Readonly<Record<string, number>> = { connmetrics: 24 };

const namesOn = (world: World): string[] => Object.keys(services).filter((name) => world.sdk >= (since[name] ?? 0));

const line79 = '-'.repeat(79);

/** One service's part of a dump of several: separator, title, body and, since Android 7, how long it took. */
export function servicePart(world: World, name: string, nowUs: number, args: readonly string[] = []): string {
  const body = services[name]!(world, args, nowUs);
  const took = '--------- 0.021s was the duration of dumpsys';
  const footer =
    world.sdk < 24
      ? ''
      : world.sdk < 28
        ? `${took} ${name}\n`
        : `${took} ${name}, ending at: ${localText(world.wallUs(nowUs), world.home.zone)}\n`;
  return `${line79}\nDUMP OF SERVICE ${name}:\n${body}${footer}`;
}

/** The client `dumpsys`: finds the service, hands over the arguments. */
export function dumpsys(world: World, args: readonly string[], nowUs: number, root = false): Ran {
  const rest = [...args];
  while (rest[0] === '-t' || rest[0] === '-T') {
    if (world.sdk < (rest[0] === '-t' ? 24 : 28)) break;
    rest.splice(0, 2);
  }
  const [name, ...given] = rest;
  const names = namesOn(world);
  if (name === '-l')
    return { stdout: `Currently running services:\n${names.map((one) => `  ${one}\n`).join('')}`, exit: 0 };
  if (name === undefined)
    return {
      stdout:
        `Currently running services:\n${names.map((one) => `  ${one}\n`).join('')}` +
        names.map((one) => servicePart(world, one, nowUs)).join(''),
      exit: 0,
    };
  const secret = root && Object.hasOwn(guarded, name) ? guarded[name]! : null;
  if (secret && world.sdk >= secret.from) return { stdout: secret.text(world, given, nowUs), exit: 0 };
  const service = names.includes(name) ? services[name] : undefined;
  if (!service) return { stdout: '', stderr: `Can't find service: ${name}\n`, exit: 0 };
  return { stdout: service(world, given, nowUs), exit: 0 };
}
