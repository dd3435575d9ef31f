import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../main/host/checkout.ts';
import { realAdb, sayIfLeftOut } from '../pipeline/phone/adb-harness.ts';
import { chromiumPath } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';
import {
  callsOut,
  cutOff,
  noCutOff,
  noStrace,
  readAttempts,
  readTraces,
  straceInto,
  watchedEnvironment,
} from '../support/offline/attempts.ts';
import type { WholeRun } from '../support/offline/whole-program.ts';

/*
 * Nothing that this program does goes online. Attempts to reach anything but this machine are counted in every Node process of ours
 * (and refused there), and below, where the kernel is called; where it can be had, all of it runs with no network but a loopback.
 */

sayIfLeftOut('the offline run of an acquisition');
if (noStrace) console.log(`Left out: counting calls of the kernel, because ${noStrace}.`);
if (noCutOff) console.log(`The network is not cut off, only watched and refused, because ${noCutOff}.`);
const built = existsSync(join(checkout.window, 'index.html'));
if (!built) console.log('Left out: the offline run of the window, because it is not built (npm run build).');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('the counter', () => {
  const tries = {
    net: `require('node:net').connect(443, '192.0.2.1').on('error', () => {})`,
    'net by name': `require('node:net').connect({ host: 'a.invalid', port: 443 }).on('error', () => {})`,
    tls: `require('node:tls').connect({ host: '192.0.2.2', port: 443 }).on('error', () => {})`,
    http: `require('node:http').get('http://192.0.2.3/').on('error', () => {})`,
    https: `require('node:https').get('https://b.invalid/').on('error', () => {})`,
    http2: `require('node:http2').connect('https://192.0.2.4').on('error', () => {})`,
    fetch: `fetch('http://192.0.2.5/').catch(() => {})`,
    websocket: `new WebSocket('ws://192.0.2.6/').onerror = () => {}`,
    lookup: `require('node:dns').lookup('c.invalid', () => {})`,
    resolve: `new (require('node:dns').promises.Resolver)().resolve4('d.invalid').catch(() => {})`,
    datagram: `require('node:dgram').createSocket('udp4').unref().send('x', 9, '192.0.2.7', () => {})`,
    module: `import('node:dns/promises').then(({ lookup }) => lookup('e.invalid')).catch(() => {})`,
  };

  it.each(Object.entries(tries))('counts and refuses an attempt: %s', async (name, code) => {
    const log = join(folder.path, `attempt-${name}`);
    await promisify(execFile)(process.execPath, ['-e', code], { env: { ...process.env, ...watchedEnvironment(log) } });
    const { programs, attempts } = readAttempts(log);
    expect(programs).toHaveLength(1);
    expect(attempts).toHaveLength(1);
    const to = /192\.0\.2\.\d|\w\.invalid/.exec(code)![0];
    expect(attempts[0]!.target).toContain(to);
  });

  it('counts none to the loopback or to a socket in a folder', async () => {
    const log = join(folder.path, 'local');
    const code = `const net = require('node:net');
      const server = net.createServer((one) => one.end()).listen(0, '127.0.0.1', async () => {
        const { port } = server.address();
        for (const host of ['127.0.0.1', 'localhost', undefined])
          await new Promise((done) => net.connect({ port, host, family: 4 }).on('close', done).on('error', done).resume());
        require('node:dgram').createSocket('udp4').unref().send('x', port, '127.0.0.1', () => {});
        net.connect(${JSON.stringify(join(folder.path, 'none.sock'))}).on('error', () => {});
        await fetch('http://127.0.0.1:' + port).catch(() => {});
        server.close();
      });`;
    await promisify(execFile)(process.execPath, ['-e', code], { env: { ...process.env, ...watchedEnvironment(log) } });
    expect(readAttempts(log)).toMatchObject({ programs: [''], attempts: [] });
  });

  it('tells calls of the kernel that stay from those that go', () => {
    const stay = [
      `1 connect(3, {sa_family=AF_INET, sin_port=htons(5037), sin_addr=inet_addr("127.0.0.1")}, 16) = 0`,
      `1 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>`,
      `1 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)`,
      `1 sendto(3, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20`,
      `1 sendto(3, "x", 1, 0, NULL, 0) = 1`,
    ];
    const go = [
      `1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 ENETUNREACH`,
      `1 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0`,
      `1 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0`,
      `1 connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0`,
      `1 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("224.0.0.251")}, 16) = 1`,
    ];
    expect(callsOut([...stay, ...go].join('\n'))).toEqual(go);
  });

  it.skipIf(noStrace || noCutOff)('sees below Node what Node is not asked for', async () => {
    const traces = join(folder.path, 'below');
    await mkdir(traces);
    // Bash opens a socket by itself. No network is there, so that nothing leaves.
    const attempt = [...straceInto(join(traces, '1')), 'bash', '-c', 'exec 3<>/dev/tcp/192.0.2.1/9'];
    const [program, ...args] = [...cutOff, ...attempt];
    await promisify(execFile)(program!, args).catch(() => {});
    expect(readTraces(traces).out).toEqual([expect.stringContaining('inet_addr("192.0.2.1")')]);
  });
});

describe('the whole program', () => {
  let run: WholeRun;
  let log: string;
  let traces: string;

  beforeAll(async () => {
    log = join(folder.path, 'attempts');
    traces = join(folder.path, 'traces');
    await mkdir(traces);
    const script = join(import.meta.dirname, '../support/offline/whole-program.ts');
    const [program, ...args] = [...(noCutOff ? [] : cutOff), process.execPath, script, join(folder.path, 'run')];
    const child = spawn(program!, args, {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PHONEHOME_STEP_ENV: JSON.stringify(watchedEnvironment(log)),
        ...(noStrace ? {} : { PHONEHOME_TRACES: traces }),
        ...(built ? {} : { PHONEHOME_NO_WINDOW: '1' }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.err += chunk;
    });
    const late = setTimeout(() => child.kill('SIGTERM'), 170_000);
    const [code] = await once(child, 'close');
    clearTimeout(late);
    if (code !== 0) throw new Error(`the run ended with ${code}: ${said.err}`);
    run = JSON.parse(said.out.trimEnd().split('\n').at(-1)!);
  }, 180_000);

  it('did what its users do, every step to its end', () => {
    const failed = run.steps.filter(({ exit }) => exit !== 0);
    expect(failed).toEqual([]);
    const of = (name: string) => run.steps.find((step) => step.name === name)!.out;
    expect(JSON.parse(of('summary'))).toMatchObject({ events: { contact: 40 } });
    expect(of('hosts')).toContain('h0.miui.com');
    expect(JSON.parse(of('timeline')).lanes.length).toBeGreaterThan(0);
    expect(JSON.parse(of('explain')).subject.key).toBe('h0.miui.com');
    if (realAdb) expect(JSON.parse(of('acquire')).evidence).toBeGreaterThan(5);
  });

  it('attempted in no Node process of ours to reach a network', () => {
    const { programs, attempts } = readAttempts(log);
    // Each verb that was run, and the engine's own process behind the window.
    const verbs = run.steps.map(({ name }) => `cli.ts ${name}`);
    expect(programs).toEqual(expect.arrayContaining(verbs));
    if (built && chromiumPath) expect(programs).toContain('engine-process.ts');
    console.log(`offline: ${programs.length} processes watched, ${attempts.length} attempts to reach a network`);
    expect(attempts).toEqual([]);
  });

  it.skipIf(noStrace)('called the kernel for no address beyond this machine, and asked for no name', () => {
    const { files, local, out } = readTraces(traces);
    console.log(`offline: ${files} programs traced, ${local} calls to this machine, ${out.length} beyond it`);
    expect(files).toBeGreaterThanOrEqual(run.steps.length);
    if (realAdb) expect(local).toBeGreaterThan(10);
    expect(out).toEqual([]);
  });

  it.skipIf(!built || !chromiumPath)('showed every place of its window from its own address alone', () => {
    const { origin, places, requests, sockets, complaints } = run.walk!;
    expect(Object.keys(places)).toEqual([
      'Timeline',
      'Destinations',
      'Apps',
      'Findings',
      'Evidence',
      'Report',
      'Phone',
      'Cases',
    ]);
    const elsewhere = [...requests, ...sockets].filter((url) => {
      const { protocol, origin: own } = new URL(url.replace(/^ws:/, 'http:'));
      return own !== origin && protocol !== 'data:' && protocol !== 'blob:';
    });
    console.log(
      `offline: the window asked ${requests.length} times and opened ${sockets.length} wire, all of its own address`,
    );
    expect(requests.length).toBeGreaterThan(3);
    expect(sockets.length).toBeGreaterThan(0);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
