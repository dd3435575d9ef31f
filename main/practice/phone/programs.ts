import { logcatText } from '../render/logcat-text.ts';
import { getpropText, propsOf } from '../render/props.ts';
import type { World } from '../world/world.ts';
import { buildBugreport } from './bugreport.ts';
import { tcpdump } from './capture.ts';
import { date } from './date.ts';
import { dumpsys } from './dumpsys.ts';
import { filePrograms } from './file-programs.ts';
import type { Files } from './files.ts';
import { packageManager } from './package-programs.ts';
import { settings } from './settings.ts';
import type { Program, Ran } from './shell.ts';

export interface ProgramsSetup {
  readonly world: World;
  readonly files: Files;
  readonly root: boolean;
  /** True time, microseconds of UTC. */
  readonly nowUs: () => number;
  /** The bugreport that lies on the phone since one was asked for, or null. */
  readonly bugreport: () => { readonly path: string } | null;
  /** The phone was asked to count anew. */
  readonly poll: () => void;
  /** The phone as it is while a program goes on. */
  readonly now: () => World;
  /** Null where there is none. */
  readonly su: Program | null;
}

const said = (stdout: string, exit = 0): Ran => ({ stdout, exit });
const failed = (stderr: string, exit = 1): Ran => ({ stdout: '', stderr, exit });
const decoder = new TextDecoder();

function identity(root: boolean, sdk: number, magisk: boolean): string {
  if (root) return `uid=0(root) gid=0(root) groups=0(root) context=u:r:${magisk ? 'magisk' : 'su'}:s0\n`;
  const groups = [
    '2000(shell)',
    '1004(input)',
    '1007(log)',
    '1011(adb)',
    '1015(sdcard_rw)',
    '1028(sdcard_r)',
    '3001(net_bt_admin)',
    '3002(net_bt)',
    '3003(inet)',
    '3006(net_bw_stats)',
  ];
  if (sdk >= 24) groups.push('3009(readproc)');
  if (sdk >= 26) groups.push('3011(uhid)');
  return `uid=2000(shell) gid=2000(shell) groups=${groups.join(',')} context=u:r:shell:s0\n`;
}

/** `bugreportz`: where the report lies, with its progress where that is asked for. */
function bugreportz(path: string | null, args: readonly string[]): Ran {
  if (path === null) return said('FAIL:no bugreport could be made\n');
  if (!args.includes('-p')) return said(`OK:${path}\n`);
  const steps = [20, 60, 100].map((done) => `PROGRESS:${done}/100\n`).join('');
  return said(`BEGIN:${path}\n${steps}OK:${path}\n`);
}

function logcat(world: World, args: readonly string[]): Ran {
  const answer = logcatText(world, args);
  return 'text' in answer ? said(answer.text) : failed(answer.wrong, 255);
}

/** Filters that stand behind a pipe. Text in and out is UTF-8. */
function filters(): Readonly<Record<string, Program>> {
  const lines = (stdin: Uint8Array): string[] => {
    const all = decoder.decode(stdin).split('\n');
    if (all.at(-1) === '') all.pop();
    return all;
  };
  const text = (list: readonly string[]): string => list.map((one) => `${one}\n`).join('');
  const countOf = (args: readonly string[]): number => {
    const joined = args.join(' ');
    return Number(/-n?\s*(\d+)/.exec(joined)?.[1] ?? 10);
  };
  return {
    head: ({ args, stdin }) => said(text(lines(stdin).slice(0, countOf(args)))),
    tail: ({ args, stdin }) => said(text(lines(stdin).slice(-countOf(args)))),
    wc: ({ args, stdin }) => {
      if (args[0] === '-c') return said(`${stdin.length}\n`);
      if (args[0] === '-l') return said(`${stdin.reduce((n, byte) => n + (byte === 10 ? 1 : 0), 0)}\n`);
      return failed('wc: only -c and -l\n');
    },
    grep: ({ args, stdin }) => {
      const words = args.filter((arg) => !arg.startsWith('-'));
      const fold = args.includes('-i');
      const key = fold ? (words[0] ?? '').toLowerCase() : (words[0] ?? '');
      const hits = lines(stdin).filter(
        (line) => (fold ? line.toLowerCase() : line).includes(key) !== args.includes('-v'),
      );
      if (args.includes('-c')) return said(`${hits.length}\n`, hits.length > 0 ? 0 : 1);
      return said(text(hits), hits.length > 0 ? 0 : 1);
    },
  };
}

/** The phone's programs by name. */
export function programsOf(setup: ProgramsSetup): (name: string) => Program | null {
  const { world, files, root } = setup;
  const { sdk } = world;
  const all: Record<string, Program> = {
    ...filters(),
    ':': () => said(''),
    true: () => said(''),
    false: () => said('', 1),
    echo: ({ args }) => (args[0] === '-n' ? said(args.slice(1).join(' ')) : said(`${args.join(' ')}\n`)),
    id: ({ args }) =>
      args[0] === '-u' ? said(root ? '0\n' : '2000\n') : said(identity(root, sdk, world.root === 'su')),
    whoami: () => said(root ? 'root\n' : 'shell\n'),
    getenforce: () => said('Enforcing\n'),
    getprop: ({ args }) =>
      args.length === 0 ? said(getpropText(world)) : said(`${propsOf(world).get(args[0]!) ?? args[1] ?? ''}\n`),
    date: ({ args, variables }) =>
      date(
        world.wallUs(setup.nowUs()),
        variables.TZ === 'UTC' || variables.TZ === 'UTC0' ? 'UTC' : world.home.zone,
        sdk,
        args,
      ),
    ...filePrograms({ files, sdk, zone: world.home.zone }),
    uname: () => said('Linux\n'),
    logcat: ({ args }) => logcat(world, args),
    sleep: () => said(''),
    dumpsys: ({ args }) => {
      if (/^(?:-t \d+ )?netstats (?:.* )?(?:--)?poll$/.test(args.join(' '))) setup.poll();
      return dumpsys(world, args, setup.nowUs(), root);
    },
    pm: ({ args }) => packageManager(world, args),
    settings: ({ args }) => settings(world, args),
    am: ({ args }) =>
      args[0] === 'get-current-user' && sdk >= 24
        ? said('0\n')
        : failed(`Error: unknown command '${args[0] ?? ''}'\n`, sdk >= 24 ? 255 : 1),
    setprop: ({ args }) => failed(`setprop: failed to set property '${args[0] ?? ''}' to '${args[1] ?? ''}'\n`),
  };
  if (sdk >= 24) all.bugreportz = ({ args }) => bugreportz(setup.bugreport()?.path ?? null, args);
  else all.bugreport = () => said(buildBugreport(world).text);
  if (sdk >= 24)
    all.cmd = ({ args: [service, ...rest] }) => {
      if (service === 'package') return packageManager(world, rest);
      if (service === 'settings') return settings(world, rest);
      return failed(`cmd: Can't find service: ${service ?? ''}\n`, 20);
    };
  if (setup.su !== null) all.su = setup.su;
  // Images for developers have it, and those who root a phone bring it.
  if (world.root !== null && world.root !== 'denied')
    all.tcpdump = tcpdump({ root, world: setup.now, nowUs: setup.nowUs });
  return (name) => {
    const bare = name.startsWith('/system/bin/') ? name.slice('/system/bin/'.length) : name;
    return Object.hasOwn(all, bare) ? all[bare]! : null;
  };
}
