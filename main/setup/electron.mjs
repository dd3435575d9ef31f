import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programNode, root } from './places.mjs';
import { runQuietly } from './programs.mjs';
import { say } from './say.mjs';

const folder = join(root, 'node_modules', 'electron');

/** Path of Electron's own program where it is installed, else null. */
export function electronBinary(env = process.env) {
  try {
    const inside = readFileSync(join(folder, 'path.txt'), 'utf8');
    const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), inside);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Why no Electron window can be opened here, as a clause; null where one can. */
export function whyNoWindow(env = process.env, platform = process.platform, uid = process.getuid?.() ?? -1) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  // Its sandbox is worth more than its window.
  if (uid === 0) return 'as root it runs only without its sandbox';
  return null;
}

/** Electron's program, fetched where it is not there yet and can be had without waiting long; else null. */
export async function fetchElectron() {
  const there = electronBinary();
  if (there !== null) return there;
  if (!(await isInReach())) return null;
  say('Fetching Electron, about 120 MB …');
  runQuietly(programNode(), [join(folder, 'install.js')], { cwd: root, timeout: 300_000 });
  return electronBinary();
}

/** Asks for the small list of checksums before the large file; a proxy is left to Electron's own download. */
async function isInReach(env = process.env) {
  if (env.HTTPS_PROXY || env.https_proxy || env.npm_config_https_proxy) return true;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const answer = await fetch(`${base}v${version}/SHASUMS256.txt`, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
