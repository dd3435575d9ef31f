import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fetchElectron, whyNoWindow } from './electron.mjs';
import { programNode, root } from './places.mjs';
import { say } from './say.mjs';
import { ensureElectronBundles } from './window.mjs';

/** `npm start`: the Electron window where it can be had, else the same window in a browser. */
const reason = whyNoWindow() ?? (await openElectron());
if (reason !== null) {
  say(`Electron’s window cannot be opened here, since ${reason}; the same window is served to a browser.`);
  await serve();
}

/** Opens Electron's window and waits for its end. Answers with the reason where it did not come to that. */
async function openElectron() {
  const binary = await fetchElectron();
  if (binary === null) return 'its program is neither installed nor to be had';
  await ensureElectronBundles();
  const started = Date.now();
  const status = await run(binary, [root]);
  // A sandbox that the system forbids, a library that is missing: Electron ends before anyone saw a window.
  if (status !== 0 && Date.now() - started < 5000) return 'it ended at once';
  process.exitCode = status;
  return null;
}

async function serve() {
  process.exitCode = await run(programNode(), [join(root, 'main', 'web.ts')]);
}

/** Runs in the foreground; Ctrl-C reaches the child by itself, and this process waits for it. */
function run(program, args) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}
