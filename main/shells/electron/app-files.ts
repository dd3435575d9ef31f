import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { contentPolicy, safetyHeaders } from '../content-policy.ts';
import { newNonce, pageWithNonce } from '../page.ts';
import { isOwnPage } from './own-page.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
};

/** Answers `app://phonehome/…` from the built window's folder: its files, with the policy, and nothing beside them. */
export async function answerAppRequest(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' || !isOwnPage(request.url, undefined)) return refused(403);
  const path = fileFor(new URL(request.url).pathname, folder);
  const type = path === null ? undefined : types[extname(path)];
  if (path === null || type === undefined) return refused(404);
  const nonce = newNonce();
  const headers = { ...safetyHeaders, 'content-type': type, 'content-security-policy': contentPolicy(nonce, null) };
  try {
    const bytes = await readFile(path);
    const body = extname(path) === '.html' ? pageWithNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes);
    return new Response(body, { headers });
  } catch {
    return refused(404);
  }
}

function refused(status: number): Response {
  return new Response(null, { status, headers: safetyHeaders });
}

/** The file below the folder that a path means, or null for one outside of it. */
function fileFor(pathname: string, folder: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const path = join(folder, decoded === '/' ? 'index.html' : decoded);
  const below = relative(folder, path);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) ? null : path;
}
