import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the preload wrote down. */
export interface Watched {
  /** Programs that were watched, a line each. */
  readonly programs: readonly string[];
  readonly attempts: readonly {
    readonly attempt: string;
    readonly target: string;
    readonly program: readonly string[];
  }[];
}

/** Reads the lines that `watch-attempts.ts` left in a file; none where it was never loaded. */
export function readAttempts(file: string): Watched {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const rows = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  return {
    programs: rows.filter(({ watched }) => watched).map(({ watched }) => watched.join(' ')),
    attempts: rows.filter(({ attempt }) => attempt),
  };
}

/** The variables that load the preload into every Node process below. */
export const watchedEnvironment = (file: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'watch-attempts.ts')}`,
  PHONEHOME_ATTEMPTS: file,
});

const loopback = /^(?:127\.|0\.0\.0\.0$|::1$|::$|::ffff:127\.)/;
/** What resolves names listens here. */
const nameService = /sun_path="[^"]*(?:resolve|nscd|avahi)[^"]*"/;

/**
 * Calls of the kernel that go, or would go, beyond this machine, and questions for names wherever they go, out of what strace wrote
 * (`connect`, `sendto`, `sendmsg`, `sendmmsg`; https://man7.org/linux/man-pages/man1/strace.1.html).
 */
export function callsOut(trace: string): string[] {
  return trace.split('\n').filter((line) => {
    if (nameService.test(line)) return !/nscd/.test(line) || /= 0$/.test(line);
    if (!/sa_family=AF_INET6?\b/.test(line)) return false;
    if (/port=htons\(53\)/.test(line)) return true;
    const addresses = [...line.matchAll(/inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"/g)];
    return addresses.some(([, four, six]) => !loopback.test(four ?? six ?? ''));
  });
}

/** Everything that strace wrote into files of a folder. */
export function readTraces(folder: string): { readonly files: number; readonly local: number; readonly out: string[] } {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const all = texts.flatMap((text) => text.split('\n')).filter((line) => /sa_family=AF_(?:INET|UNIX)/.test(line));
  const out = texts.flatMap(callsOut);
  return { files: names.length, local: all.length - out.length, out };
}

/** The command that traces what follows it and its children into a file. */
export const straceInto = (file: string): readonly string[] => [
  'strace',
  ...[
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-e',
    'trace=connect,sendto,sendmsg,sendmmsg',
    '-e',
    'signal=none',
    '-o',
    file,
    '--',
  ],
];

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

function why(command: readonly string[]): string | null {
  const { error, status, stderr } = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' });
  if (error) return `${command[0]} could not be started (${(error as { code?: string }).code})`;
  return status === 0 ? null : firstLine(stderr) || `${command[0]} ended with ${status}`;
}

/** Why the kernel's calls cannot be watched here, or null. */
export const noStrace: string | null = why([...straceInto(join(tmpdir(), `phonehome-strace-${process.pid}`)), 'true']);

/** A command before which nothing but a loopback is there: a network namespace of its own. */
export const cutOff: readonly string[] = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** Why no such namespace can be had here, or null. */
export const noCutOff: string | null = why([...cutOff, 'true']);
