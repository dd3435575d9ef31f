import { logcatText } from '../render/logcat-text.ts';
import { getpropText, propsOf } from '../render/props.ts';
import type { World } from '../world/world.ts';
import { buildBugreport } from './bugreport.ts';
import { date } from './date.ts';
import { dumpsys } from './dumpsys.ts';
import type { Files } from './files.ts';
import { packageManager } from './package-programs.ts';
import { settings } from './settings.ts';
import type { Call, Program, Ran } from './shell.ts';

export interface ProgramsSetup {
  readonly world: World;
  readonly files: Files;
  readonly root: boolean;
  /** True time, microseconds of UTC. */
  readonly nowUs: () => number;
  /** The bugreport that lies on the phone since one was asked for, or null. */
  readonly bugreport: () => { readonly path: string } | null;
  /** Runs a line as root; null where there is no `su`. */
  readonly asRoot: ((line: string) => Ran) | null;
}

const said = (stdout: string, exit = 0): Ran => ({ stdout, exit });
const failed = (stderr: string, exit = 1): Ran => ({ stdout: '', stderr, exit });
const decoder = new TextDecoder();

function identity(root: boolean, sdk: number): string {
  if (root) return 'uid=0(root) gid=0(root) groups=0(root) context=u:r:su:s0\n';
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

function cat(files: Files, call: Call): Ran {
  if (call.args.length === 0) return { stdout: call.stdin, exit: 0 };
  const parts: Uint8Array[] = [];
  let stderr = '';
  for (const path of call.args) {
    const file = files.read(path);
    if (file) parts.push(file.bytes);
    else stderr += `cat: ${path}: ${files.closed(path) ? 'Permission denied' : 'No such file or directory'}\n`;
  }
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return { stdout: out, stderr, exit: stderr === '' ? 0 : 1 };
}

function ls(files: Files, args: readonly string[]): Ran {
  const path = args.find((arg) => !arg.startsWith('-')) ?? '/';
  if (files.closed(path)) return failed(`ls: ${path}: Permission denied\n`);
  const names = files.list(path)?.map((one) => one.name) ?? (files.read(path) ? [path] : null);
  return names === null
    ? failed(`ls: ${path}: No such file or directory\n`)
    : said(names.map((name) => `${name}\n`).join(''));
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
    id: ({ args }) => (args[0] === '-u' ? said(root ? '0\n' : '2000\n') : said(identity(root, sdk))),
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
    cat: (call) => cat(files, call),
    ls: ({ args }) => ls(files, args),
    uname: () => said('Linux\n'),
    logcat: ({ args }) => logcat(world, args),
    sleep: () => said(''),
    dumpsys: ({ args }) => dumpsys(world, args, setup.nowUs()),
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
  if (setup.asRoot !== null) {
    const { asRoot } = setup;
    all.su = ({ args }) => {
      const at = args.indexOf('-c');
      return at >= 0 ? asRoot(args.slice(at + 1).join(' ')) : asRoot(args.slice(1).join(' '));
    };
  }
  return (name) => {
    const bare = name.startsWith('/system/bin/') ? name.slice('/system/bin/'.length) : name;
    return Object.hasOwn(all, bare) ? all[bare]! : null;
  };
}
