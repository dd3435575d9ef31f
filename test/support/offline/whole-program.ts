/**
 * Runs the whole program as its users do, in processes of its own, and prints what became of each step as one JSON value:
 * `node whole-program.ts FOLDER`. The environment of the processes is as given in `PHONEHOME_STEP_ENV` (JSON); with `PHONEHOME_TRACES`
 * each is traced into a file of that folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { askServer } from '../../../main/host/adapters/adb-query.ts';
import { createPracticePhone, createWorld } from '../../../main/practice/index.ts';
import { writeRequests } from '../../bench/capture-writer.ts';
import { freePort, realAdb } from '../../pipeline/phone/adb-harness.ts';
import { chromiumPath } from '../browser.ts';
import { straceInto } from './attempts.ts';
import { type Walk, walkWindow } from './walk-window.ts';

export interface Step {
  readonly name: string;
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface WholeRun {
  readonly steps: readonly Step[];
  readonly walk: Walk | null;
}

const root = join(import.meta.dirname, '../../..');
const folder = process.argv[2]!;
const traces = process.env.PHONEHOME_TRACES ?? null;
const environment = {
  ...process.env,
  ...(JSON.parse(process.env.PHONEHOME_STEP_ENV ?? '{}') as Record<string, string>),
  HOME: folder,
  ANDROID_SDK_HOME: folder,
  PHONEHOME_HOME: join(folder, 'home'),
  PHONEHOME_NO_BROWSER: '1',
};

const steps: Step[] = [];
const alive = new Set<ChildProcess>();
let started = 0;

/** Starts a program, traced where that is wanted, in a group of its own so that it can be ended with what stands around it. */
function start(command: readonly string[]): ChildProcess {
  started += 1;
  const [program, ...args] = traces ? [...straceInto(join(traces, `${started}.txt`)), ...command] : command;
  const child = spawn(program!, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

async function textOf(child: ChildProcess): Promise<{ exit: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  child.stdout!.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    said.err += chunk;
  });
  const [code] = await once(child, 'close');
  return { exit: code ?? -1, ...said };
}

const cli = (...args: string[]) => [process.execPath, join(root, 'main/cli.ts'), ...args];

async function step(...args: string[]): Promise<Step> {
  const done = { name: args[0]!, ...(await textOf(start(cli(...args)))) };
  steps.push(done);
  return done;
}

/** Starts a verb that runs until it is ended; answers with what its first line says. */
async function running(...args: string[]): Promise<{ child: ChildProcess; said: Record<string, unknown> }> {
  const child = start(cli(...args));
  let text = '';
  let complaint = '';
  child.stderr!.on('data', (chunk) => {
    complaint += chunk;
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    text += line;
    try {
      return { child, said: JSON.parse(text) };
    } catch {
      // The value goes on in the next line.
    }
  }
  throw new Error(`${args[0]} ended before it said where it is: ${text} ${complaint}`);
}

async function end(name: string, child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  process.kill(-child.pid!, 'SIGINT');
  const [code] = await ended;
  steps.push({ name, exit: code ?? -1, out: '', err: '' });
}

async function handedOver(): Promise<string[]> {
  const world = createWorld({ seed: 5, android: 13, maker: 'xiaomi', nowUs: Date.UTC(2026, 2, 1) * 1000, days: 6 });
  const { stdout } = await createPracticePhone(world).run('dumpsys netstats --full --uid --tag');
  const files = [join(folder, 'netstats.txt'), join(folder, 'capture.pcap')];
  const bytes = stdout instanceof Uint8Array ? stdout : Buffer.concat(await Array.fromAsync(stdout));
  await writeFile(files[0]!, bytes);
  await writeRequests(files[1]!, 40, 20);
  return files;
}

/** What needs no phone: files in, every question, every way out. */
async function byFiles(): Promise<void> {
  const path = join(folder, 'files.phonehome');
  const inCase = (verb: string, ...more: string[]) => step(verb, '--case', path, ...more);
  await inCase('import', ...(await handedOver()));
  const reads: string[][] = [
    ['summary', '--json'],
    ['events', '--json', '--kind', 'contact'],
    ['timeline', '--json', '--by', 'country'],
    ['apps', '--json'],
    ['hosts', '--json'],
    ['search', '--json', 'miui.com'],
    ['explain', '--json', '--host', 'h0.miui.com'],
    ['warnings'],
    ['findings'],
    ['custody'],
    ['packets', '--event', 'c1', '--out', join(folder, 'one.pcap')],
    ['export', '--format', 'csv', '--out', join(folder, 'csv')],
  ];
  // Two at a time, as many as most machines have processors.
  const half = async () => {
    for (let next = reads.shift(); next; next = reads.shift()) await inCase(next[0]!, ...next.slice(1));
  };
  await Promise.all([half(), half(), step('databases', '--json')]);
  await inCase('report', '--out', join(folder, 'report.pdf'));
  await inCase('verify');
  await inCase('rebuild');
}

/** An adb server and a practice phone that it is connected to, on the loopback. */
async function plugged(): Promise<{ serial: string; pull(): Promise<void> } | null> {
  if (!realAdb) return null;
  const port = await freePort();
  // The window follows this server from its start: else it would start one of its own.
  Object.assign(environment, { ANDROID_ADB_SERVER_PORT: String(port) });
  const server = start([realAdb, '-P', String(port), 'nodaemon', 'server']);
  server.stdout!.resume();
  server.stderr!.resume();
  const phone = await running('practice', '--json', '--port', '0', '--seed', '3');
  for (let tries = 0; (await askServer(port, 'host:version')).kind !== 'okay' && tries < 400; tries += 1)
    await wait(50);
  const serial = String(phone.said.serial);
  await textOf(start([realAdb, '-P', String(port), 'connect', serial]));
  return {
    serial,
    async pull() {
      await end('practice', phone.child);
      const ended = once(server, 'exit');
      process.kill(-server.pid!, 'SIGKILL');
      await ended;
    },
  };
}

async function byPhone(serial: string): Promise<void> {
  await step('devices', '--json');
  const path = join(folder, 'phone.phonehome');
  await step('acquire', '--json', '--case', path, '--device', serial, '--profile', 'quick');
}

async function byWindow(): Promise<Walk | null> {
  if (!chromiumPath || process.env.PHONEHOME_NO_WINDOW) return null;
  const { child, said } = await running('serve', '--json', '--port', '0');
  try {
    return await walkWindow(String(said.address));
  } finally {
    await end('serve', child);
  }
}

if (process.argv[1] === import.meta.filename) {
  const endAll = (why: unknown) => {
    for (const child of alive) if (child.pid) process.kill(-child.pid, 'SIGKILL');
    console.error(why);
    process.exit(1);
  };
  process.once('SIGTERM', endAll).once('uncaughtException', endAll).once('unhandledRejection', endAll);
  await mkdir(folder, { recursive: true });
  const phone = await plugged();
  // Each has a case of its own.
  const [walk] = await Promise.all([byWindow(), byFiles().then(() => (phone ? byPhone(phone.serial) : undefined))]);
  await phone?.pull();
  const whole: WholeRun = { steps, walk };
  process.stdout.write(`\n${JSON.stringify(whole)}\n`);
}
