import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { fakeEngine, fakePhones } from '../../../test/shells/fake-engine.ts';
import { createHost, type Host } from '../../host/host.ts';
import { startWebServer, type WebServer } from './web-server.ts';

let folder: string;
let host: Host;
let server: WebServer;
let engine: ReturnType<typeof fakeEngine>;
let told: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-web-'));
  const window = join(folder, 'window');
  mkdirSync(join(window, 'assets'), { recursive: true });
  writeFileSync(
    join(window, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="PHONEHOME-NONCE"><script type="module" src="/assets/a.js"></script>',
  );
  writeFileSync(join(window, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not yours');
  engine = fakeEngine();
  host = createHost({
    engine,
    shell: 'web',
    home: { folder: join(folder, 'home'), casesFolder: join(folder, 'cases') },
    sample: { folder: join(folder, 'cases', 's.phonehome'), build: async () => {} },
  });
  told = [];
  server = await startWebServer({
    host,
    window,
    uploads: join(folder, 'uploads'),
    port: 0,
    place: '#/cases',
    onNewAddress: (address) => told.push(address),
  });
});
afterEach(async () => {
  await server.close();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** `fetch` chooses Host and Origin itself; these tests must lie in them. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body?: Uint8Array): Promise<Answer> {
  return new Promise((done, failed) => {
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    request.on('error', failed);
    request.end(body);
  });
}

async function enter(): Promise<string> {
  const url = new URL(server.address());
  const answer = await ask(url.pathname + url.search);
  expect(answer.status).toBe(303);
  return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

const own = () => `http://127.0.0.1:${server.port}`;

describe('the address', () => {
  it('leads once to a session in a strict, hidden cookie, and away from the key', async () => {
    const url = new URL(server.address());
    expect(url.hostname).toBe('127.0.0.1');
    expect((url.searchParams.get('key') ?? '').length).toBeGreaterThanOrEqual(43);
    const first = await ask(url.pathname + url.search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/#/cases');
    expect(first.headers['set-cookie']?.[0]).toMatch(/^phonehome-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const second = await ask(url.pathname + url.search);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('good once');
    // Whoever sits at the terminal gets one new address, not one a try.
    await ask(url.pathname + url.search);
    expect(told).toEqual([server.address()]);
    expect(server.address()).not.toBe(url.href);
  });

  it('lets the browser that used it come back', async () => {
    const url = new URL(server.address());
    const cookie = await enter();
    const again = await ask(url.pathname + url.search, { cookie });
    expect(again.status).toBe(303);
    expect(told).toEqual([]);
  });

  it('leads on with a page of its own where another page had the link', async () => {
    const url = new URL(server.address());
    const answer = await ask(url.pathname + url.search, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.text).toContain('content="0;url=/#/cases"');
  });

  it.each(['/?key=', '/?key=wrong', '/', '/assets/a.js', '/index.html', '/none', '/?x=1&key=wrong'])(
    'refuses %s without a session',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text).not.toContain('assets');
    },
  );

  it('refuses another server or a made-up session', async () => {
    for (const session of ['', 'x', 'a'.repeat(43)]) {
      expect((await ask('/', { cookie: `phonehome-${server.port}=${session}` })).status).toBe(401);
    }
    const cookie = await enter();
    expect((await ask('/', { cookie: cookie.replace(/^phonehome-\d+/, 'phonehome-1') })).status).toBe(401);
  });
});

describe('with a session', () => {
  it('serves the page under a strict policy with a fresh nonce', async () => {
    const cookie = await enter();
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const answer = await ask('/', { cookie });
      expect(answer.status).toBe(200);
      const policy = String(answer.headers['content-security-policy']);
      const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      expect(answer.text).toContain(`nonce="${nonce}"`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
      expect(policy).not.toContain('unsafe-eval');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect(nonces.size).toBe(2);
  });

  it('serves assets and nothing else', async () => {
    const cookie = await enter();
    const asset = await ask('/assets/a.js', { cookie });
    expect([asset.status, asset.text]).toEqual([200, 'export {};']);
    expect(asset.headers['content-type']).toContain('javascript');
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%2e%2e/secret.txt']) {
      const answer = await ask(path, { cookie });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('not yours');
    }
    for (const path of ['/index.html', '/%69ndex.html', '//index.html', '/assets/../index.html', '/./index.html']) {
      const answer = await ask(path, { cookie });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it.each([['evil.example'], ['evil.example:80'], ['127.0.0.1'], ['127.0.0.1:1'], ['[::1]:80']])(
    'refuses the host name %s',
    async (name) => {
      const cookie = await enter();
      expect((await ask('/', { cookie, host: name })).status).toBe(421);
    },
  );

  it('refuses what another page asks', async () => {
    const cookie = await enter();
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${server.port}`, 'http://127.0.0.1:1']) {
      expect((await ask('/', { cookie, origin })).status).toBe(403);
      expect((await ask('/upload?name=a', { cookie, origin }, 'PUT', Buffer.from('x'))).status).toBe(403);
    }
    expect(existsSync(join(folder, 'uploads'))).toBe(false);
  });
});

describe('uploads', () => {
  const put = async (name: string, body: Uint8Array, headers: Record<string, string> = {}) => {
    const cookie = await enter();
    return ask(`/upload?name=${encodeURIComponent(name)}`, { cookie, origin: own(), ...headers }, 'PUT', body);
  };

  it('are streamed to a folder of their own and keep their name', async () => {
    const bytes = Buffer.alloc(3_000_000, 7);
    const answer = await put('netstats घर 家.txt', bytes, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(200);
    const { path } = JSON.parse(answer.text) as { path: string };
    expect(basename(path)).toBe('netstats घर 家.txt');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.each([[''], ['application/json'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x']])(
    'are taken as they are whatever type is said (%j)',
    async (type) => {
      const answer = await put('a.bin', Buffer.from('{"a":'), type === '' ? {} : { 'content-type': type });
      expect(answer.status).toBe(200);
      expect(readFileSync((JSON.parse(answer.text) as { path: string }).path, 'utf8')).toBe('{"a":');
    },
  );

  it('takes an empty file', async () => {
    const answer = await put('empty', new Uint8Array(0));
    expect(readFileSync((JSON.parse(answer.text) as { path: string }).path)).toHaveLength(0);
  });

  it.each([
    ['../../escape.txt', 'escape.txt'],
    ['C:\\Windows\\evil.exe', 'evil.exe'],
    ['a/b/c.zip', 'c.zip'],
    ['..', 'file'],
    ['a\u0000b\n.txt', 'a_b_.txt'],
    ['con.txt', '_con.txt'],
    [`${'長'.repeat(300)}.zip`, `${'長'.repeat(65)}.zip`],
  ])('makes %j safe', async (name, expected) => {
    const answer = await put(name, Buffer.from('x'));
    const { path } = JSON.parse(answer.text) as { path: string };
    expect(basename(path)).toBe(expected);
    expect(path.startsWith(join(folder, 'uploads'))).toBe(true);
  });

  it('need a session, an origin and a name', async () => {
    const cookie = await enter();
    expect((await ask('/upload?name=a', { origin: own() }, 'PUT', Buffer.from('x'))).status).toBe(401);
    expect((await ask('/upload?name=a', { cookie }, 'PUT', Buffer.from('x'))).status).toBe(403);
    const crossed = { cookie, origin: own(), 'sec-fetch-site': 'same-site' };
    expect((await ask('/upload?name=a', crossed, 'PUT', Buffer.from('x'))).status).toBe(403);
    const nameless = await ask('/upload', { cookie, origin: own() }, 'PUT', Buffer.from('x'));
    expect([nameless.status, nameless.text]).toEqual([400, expect.stringContaining('wrong-use')]);
  });

  it('leave nothing when they break off, and nothing when the program ends', async () => {
    const cookie = await enter();
    await new Promise<void>((done) => {
      const headers = { cookie, origin: own(), 'content-length': '1000000' };
      const request = httpRequest({
        host: '127.0.0.1',
        port: server.port,
        path: '/upload?name=cut.bin',
        method: 'PUT',
        headers,
      });
      request.on('error', () => done());
      request.write('a beginning');
      const waiting = setInterval(() => {
        if (!existsSync(join(folder, 'uploads')) || readdirSync(join(folder, 'uploads')).length === 0) return;
        clearInterval(waiting);
        request.destroy();
      }, 5);
    });
    await expect.poll(() => readdirSync(join(folder, 'uploads'))).toEqual([]);
    await put('kept.bin', Buffer.from('x'));
    await server.close();
    expect(existsSync(join(folder, 'uploads'))).toBe(false);
  });
});

describe('the wire', () => {
  const dial = (headers: Record<string, string>, path = '/wire') =>
    new Promise<WebSocket | number>((done) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      socket.on('open', () => done(socket));
      socket.on('unexpected-response', (_request, response) => done(response.statusCode ?? 0));
      socket.on('error', () => done(0));
    });
  const hear = (socket: WebSocket) =>
    new Promise<unknown>((done) => socket.once('message', (data) => done(JSON.parse(String(data)))));

  it('carries requests, replies and news', async () => {
    const socket = await dial({ cookie: await enter(), origin: own() });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    socket.send(JSON.stringify({ id: 5, group: 'phones', name: 'list', args: null }));
    expect(await hear(socket)).toEqual({ id: 5, ok: true, value: fakePhones });
    socket.send(JSON.stringify({ id: 6, group: 'cases', name: 'open', args: { path: 4 } }));
    expect(await hear(socket)).toMatchObject({ id: 6, ok: false, error: { code: 'wrong-use' } });
    const news = hear(socket);
    engine.plug(fakePhones);
    expect(await news).toEqual({ group: 'phones', name: 'changed', payload: fakePhones });
    socket.close();
  });

  it('is refused without cookie, without or with a wrong origin, under another name, at another path', async () => {
    const cookie = await enter();
    expect(await dial({ origin: own() })).toBe(401);
    expect(await dial({ cookie })).toBe(403);
    expect(await dial({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await dial({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(421);
    expect(await dial({ cookie, origin: own() }, '/other')).toBe(404);
  });

  it.each(['not json', '[]', '{"id":"1","group":"a","name":"b"}'])('closes on %j', async (text) => {
    const socket = await dial({ cookie: await enter(), origin: own() });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const closed = new Promise<number>((done) => socket.on('close', done));
    socket.send(text);
    expect(await closed).toBe(1008);
  });
});

it('says that a port is taken or that the window is not built', async () => {
  const options = { host, window: join(folder, 'window'), uploads: join(folder, 'uploads') };
  await expect(startWebServer({ ...options, port: server.port })).rejects.toMatchObject({ code: 'wrong-use' });
  await expect(startWebServer({ ...options, window: folder, port: 0 })).rejects.toMatchObject({ code: 'not-found' });
});
