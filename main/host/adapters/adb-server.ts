import { execFile, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import {
  adbMissingAdvice,
  adbNotStartedAdvice,
  adbOtherVersionAdvice,
  adbPathWrongAdvice,
  adbPortTakenAdvice,
  adbRefusesAdvice,
} from '../../../shared/text/phone-advice.ts';
import type { BridgeView } from '../../../shared/types/device.ts';
import type { FoundAdb } from './adb-finder.ts';
import { askServer } from './adb-query.ts';

const versionText = (protocol: number) => `1.0.${protocol}`;

type Environment = Readonly<Record<string, string | undefined>>;

/** The version that an adb program says of itself (`1.0.41`), or null where it says none within five seconds. */
export function programVersion(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['version'], { timeout: 5000, windowsHide: true }, (error, stdout) => {
      resolve(error ? null : (/version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null));
    });
  });
}

/**
 * Runs `adb start-server`. Only ever called when nothing listens on the port: with a server of another version there,
 * the same command would kill it. Answers adb's last line of complaint, or null.
 */
function startServer(path: string, port: number, environment: Environment): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(path, ['-P', String(port), 'start-server'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
      env: { ...environment },
    });
    let said = '';
    // The server that stays behind may hold the pipe open: the end of the starter counts, not of the pipe.
    const finish = (complaint: string | null) => {
      clearTimeout(timer);
      child.stderr.destroy();
      resolve(complaint);
    };
    const timer = setTimeout(() => {
      child.kill();
      finish('it did not start within 20 seconds');
    }, 20_000);
    child.stderr.on('data', (piece) => {
      said = `${said}${piece}`.slice(-4000);
    });
    child.on('error', (error) => finish(error.message));
    child.on('exit', (code) => finish(code === 0 ? null : (said.trim().split('\n').at(-1) ?? `status ${code}`)));
  });
}

async function serverVersion(port: number): Promise<{ version: number } | { trouble: BridgeView } | null> {
  const answer = await askServer(port, 'host:version');
  const failed = (advice: string) => ({
    trouble: { state: 'failed', adbPath: null, version: null, advice } satisfies BridgeView,
  });
  switch (answer.kind) {
    case 'none':
      return null;
    case 'stranger':
      return failed(adbPortTakenAdvice(port));
    case 'fail':
      return failed(adbRefusesAdvice(null, answer.text));
    case 'okay': {
      const version = Number.parseInt(answer.text, 16);
      return Number.isNaN(version) ? failed(adbPortTakenAdvice(port)) : { version };
    }
  }
}

/**
 * Makes sure that an adb server runs on the port and says how things stand. A server that runs already is used as it
 * is, whatever its version, and with or without an adb program of our own.
 */
export async function ensureServer(
  port: number,
  found: FoundAdb,
  platform: string,
  environment: Environment,
): Promise<BridgeView> {
  let server = await serverVersion(port);
  if (server === null) {
    if (found.path === null) {
      const advice = found.wrong === null ? adbMissingAdvice(platform) : adbPathWrongAdvice(found.wrong);
      return { state: 'missing', adbPath: null, version: null, advice };
    }
    const complaint = await startServer(found.path, port, environment);
    for (let tries = 0; server === null && tries < 10; tries += 1) {
      server = await serverVersion(port);
      if (server === null) await wait(100);
      if (complaint !== null) break;
    }
    if (server === null) {
      return {
        state: 'failed',
        adbPath: found.path,
        version: null,
        advice: adbNotStartedAdvice(found.path, complaint),
      };
    }
  }
  if ('trouble' in server) return { ...server.trouble, adbPath: found.path };
  const version = versionText(server.version);
  const own = found.path === null ? null : await programVersion(found.path);
  const advice = own === null || own === version ? null : adbOtherVersionAdvice(version, own);
  return { state: 'ready', adbPath: found.path, version, advice };
}
