/**
 * Loaded before a program (`node --import`): every attempt to reach something that is not this machine's loopback or a socket in its
 * file system is written down and refused, before a packet or a question for a name leaves the process. `PHONEHOME_ATTEMPTS` names the file
 * of lines, which also says which processes were watched. HTTP, HTTPS, HTTP/2, fetch and WebSocket all go through `net`.
 */
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';

type Any = (...args: unknown[]) => unknown;
type Methods = Record<string, Any>;

const log = process.env.PHONEHOME_ATTEMPTS;
if (!log) throw new Error('PHONEHOME_ATTEMPTS must name the file for attempts to reach a network');
const write = (line: object) => appendFileSync(log, `${JSON.stringify({ pid: process.pid, ...line })}\n`);
const program = process.argv.slice(1, 3).map((one) => basename(one));

const require = createRequire(import.meta.url);
const net = require('node:net') as { isIP(text: string): number; Socket: { prototype: Methods } };
const dns = require('node:dns') as Methods & { promises: Methods; Resolver: { prototype: Methods } };
const dgram = require('node:dgram') as { Socket: { prototype: Methods } };

const isLocal = (host: unknown) =>
  host === undefined ||
  host === null ||
  host === '' ||
  /^(?:localhost|127\.[\d.]+|(?:::ffff:)?127\.[\d.]+|::1)$/i.test(String(host));

function attempt(by: string, target: string): Error {
  write({ attempt: by, target, program, from: new Error('from here').stack?.split('\n').slice(3, 7) });
  return Object.assign(new Error(`refused by the test: ${by} ${target}`), { code: 'ENETUNREACH' });
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, and the list that `net.connect` makes of them. */
function targetOf(args: readonly unknown[]): string | null {
  const list = Array.isArray(args[0]) ? args[0] : args;
  const [first, second] = list as [unknown, unknown];
  if (typeof first === 'object' && first !== null) {
    const { path, host, port } = first as { path?: string; host?: string; port?: unknown };
    return path || isLocal(host) ? null : `${host}:${port}`;
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return null;
  return typeof second !== 'string' || isLocal(second) ? null : `${second}:${first}`;
}

function wrap(holder: Methods, name: string, made: (original: Any) => Any): void {
  const original = holder[name];
  if (typeof original === 'function') holder[name] = made(original);
}

wrap(net.Socket.prototype, 'connect', (original) => {
  return function connect(this: { destroy(error: Error): unknown }, ...args: unknown[]) {
    const target = targetOf(args);
    if (target === null) return original.apply(this, args);
    const refused = attempt('connect', target);
    process.nextTick(() => this.destroy(refused));
    return this;
  };
});

for (const name of ['send', 'connect']) {
  wrap(dgram.Socket.prototype, name, (original) => {
    return function datagram(this: unknown, ...args: unknown[]) {
      // What is sent comes first and may be text; the address is the one text behind it.
      const host = args.slice(1).find((one) => typeof one === 'string');
      if (isLocal(host)) return original.apply(this, args);
      const refused = attempt(`datagram ${name}`, String(host));
      const done = args.findLast((one) => typeof one === 'function') as Any | undefined;
      if (done) process.nextTick(done, refused);
      return this;
    };
  });
}

/** An address as text is answered without asking anybody. */
const needsNoAsking = (name: unknown) => isLocal(name) || net.isIP(String(name)) !== 0;

function watchNames(holder: Methods, promised: boolean): void {
  for (const name of Object.getOwnPropertyNames(holder)) {
    if (!/^(?:lookup|resolve|reverse)/.test(name)) continue;
    wrap(holder, name, (original) => {
      return function ask(this: unknown, ...args: unknown[]) {
        if (name === 'lookup' && needsNoAsking(args[0])) return original.apply(this, args);
        const refused = Object.assign(attempt(`dns ${name}`, String(args[0])), { code: 'ENOTFOUND' });
        if (promised) return Promise.reject(refused);
        const done = args.findLast((one) => typeof one === 'function') as Any | undefined;
        if (done) process.nextTick(done, refused);
        return undefined;
      };
    });
  }
}
watchNames(dns, false);
watchNames(dns.Resolver.prototype, false);
watchNames(dns.promises, true);
watchNames((dns.promises.Resolver as unknown as { prototype: Methods }).prototype, true);
syncBuiltinESMExports();

if (isMainThread) write({ watched: program });
