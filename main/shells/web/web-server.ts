import { readFile } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { Failure, toFailureView } from '../../../shared/base/failure.ts';
import type { Host } from '../../host/host.ts';
import { contentPolicy, safetyHeaders } from '../content-policy.ts';
import { newNonce, pageWithNonce } from '../page.ts';
import { createGate, type Gate, type Refusal } from './gate.ts';
import { leadPage, refusalPage } from './plain-pages.ts';
import { createSessionKeys, type SessionKeys } from './session-keys.ts';
import { attachSocketWire } from './socket-wire.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface WebServerOptions {
  readonly host: Host;
  /** Folder of the built window: `index.html` and its assets. */
  readonly window: string;
  /** Folder for dropped files, this process's own. */
  readonly uploads: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the window opens: a part of its address, `#/…`. */
  readonly place?: string;
  /** Told the new address whenever the old one was used and is asked for again. */
  readonly onNewAddress?: (address: string) => void;
}

export interface WebServer {
  readonly port: number;
  /** The address with its one-time key, as it stands now. */
  address(): string;
  close(): Promise<void>;
}

/**
 * Serves the window on 127.0.0.1. Throws Failure `wrong-use` when the port is taken or forbidden, and `not-found`
 * when the window was not built.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  await readWindow(options.window);
  const keys = createSessionKeys();
  const uploads = createUploads(options.uploads);
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 });
  // The port is needed by every check, and known only once the server listens; requests wait for it.
  const ready = Promise.withResolvers<Gate>();

  guard(app, ready.promise);
  // Each new key is told once, however often someone tries an old one.
  let told = keys.key;
  const onUsedKey = () => {
    if (told === keys.key) return;
    told = keys.key;
    options.onNewAddress?.(addressOf(port, keys));
  };
  routes(app, { ...options, keys, gate: ready.promise, uploads, onUsedKey });
  const port = await listen(app, options.port);
  const gate = createGate(port, keys);
  ready.resolve(gate);
  const wire = attachSocketWire(app.server as Server, options.host, gate);

  return {
    port,
    address: () => addressOf(port, keys),
    async close() {
      wire.close();
      await app.close();
      await uploads.clear();
    },
  };
}

function addressOf(port: number, keys: SessionKeys): string {
  return `http://127.0.0.1:${port}/?key=${keys.key}`;
}

/** Puts the checks before every route, unknown ones too. */
function guard(app: FastifyInstance, ready: Promise<Gate>): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safetyHeaders).headers({
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(newNonce(), null),
    });
    const gate = await ready;
    const opens = request.method === 'GET' && request.url.startsWith('/?key=');
    const refusal = gate.address(request.raw) ?? (opens ? null : gate.session(request.raw));
    if (refusal) return refuse(reply, refusal);
  });
  app.setErrorHandler((thrown, _request, reply) => {
    const status = (thrown as { statusCode?: number }).statusCode ?? 500;
    return reply.status(status).send({ error: toFailureView(thrown) });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).type('text/plain').send('There is nothing at this address.'),
  );
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const nonce = newNonce();
  return reply
    .status(refusal.status)
    .header('content-security-policy', contentPolicy(nonce, null))
    .type('text/html; charset=utf-8')
    .send(refusalPage(refusal.sentence, nonce));
}

interface RouteParts extends Pick<WebServerOptions, 'window' | 'place'> {
  readonly keys: SessionKeys;
  readonly gate: Promise<Gate>;
  readonly uploads: Uploads;
  readonly onUsedKey: () => void;
}

function routes(app: FastifyInstance, parts: RouteParts): void {
  // Bodies are streamed to disk, never held.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.get<{ Querystring: { key?: string } }>('/', async (request, reply) => {
    const gate = await parts.gate;
    const { key } = request.query;
    if (key !== undefined) return open(key, request.raw, reply, gate, parts);
    const nonce = newNonce();
    const socket = `ws://${request.headers.host}`;
    return reply
      .header('content-security-policy', contentPolicy(nonce, socket))
      .type('text/html; charset=utf-8')
      .send(pageWithNonce(await readWindow(parts.window), nonce));
  });

  app.put<{ Querystring: { name?: string } }>('/upload', async (request, reply) => {
    const refusal = (await parts.gate).origin(request.raw);
    if (refusal) return refuse(reply, refusal);
    const { name } = request.query;
    if (typeof name !== 'string' || name === '') {
      return reply.status(400).send({ error: new Failure('wrong-use', 'The upload has no file name.').view() });
    }
    try {
      // A request without a body has nothing to parse; the raw stream is empty then.
      return { path: await parts.uploads.take(name, (request.body as Readable | undefined) ?? request.raw) };
    } catch (thrown) {
      return reply
        .status(thrown instanceof Failure && thrown.code === 'disk-full' ? 507 : 500)
        .send({ error: toFailureView(thrown) });
    }
  });

  app.register(fastifyStatic, {
    root: parts.window,
    index: false,
    dotfiles: 'ignore',
    // The page goes out by the route above alone, under its policy.
    allowedPath: (path) => path !== '/index.html',
    setHeaders: (reply) => void reply.header('cache-control', 'private, max-age=3600'),
  });
}

/** Exchanges the one-time key for a session and leads to the address without the key. */
function open(key: string, request: IncomingMessage, reply: FastifyReply, gate: Gate, parts: RouteParts): FastifyReply {
  const session = parts.keys.redeem(String(key));
  if (session !== null) {
    reply.header('set-cookie', `${gate.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`);
    return lead(request, reply, parts.place ?? '');
  }
  // The same browser opened its old address again: it has the session already.
  if (gate.session(request) === null) return lead(request, reply, parts.place ?? '');
  parts.onUsedKey();
  return refuse(reply, {
    status: 401,
    sentence: 'This address was good once and has been used. A new one stands in the terminal where Phonehome runs.',
  });
}

/**
 * Leads on to the window. A link from another page makes the whole chain of redirects that page's, and a strict cookie
 * stays behind; a page of our own in between starts a chain of our own.
 */
function lead(request: IncomingMessage, reply: FastifyReply, place: string): FastifyReply {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return reply.redirect(`/${place}`, 303);
  const nonce = newNonce();
  return reply
    .header('content-security-policy', contentPolicy(nonce, null))
    .type('text/html; charset=utf-8')
    .send(leadPage(`/${place}`, nonce));
}

async function readWindow(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch {
    throw new Failure('not-found', `The window is not built: ${folder} has no index.html.`, 'Run: npm run build');
  }
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    await app.close();
    if (code === 'EADDRINUSE') {
      throw new Failure(
        'wrong-use',
        `Port ${port} is in use by another program.`,
        'Choose another with --port, or leave it out.',
      );
    }
    if (code === 'EACCES')
      throw new Failure('wrong-use', `Port ${port} is not free for ordinary users.`, 'Choose one above 1023.');
    throw thrown;
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens at no port.');
  return address.port;
}
