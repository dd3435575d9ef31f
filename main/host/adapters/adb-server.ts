import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import {
  adbCannotRunAdvice,
  adbMissingAdvice,
  adbNotStartedAdvice,
  adbOtherVersionAdvice,
  adbPathWrongAdvice,
  adbPortTakenAdvice,
  adbRefusesAdvice,
  adbServerSilentAdvice,
  bridgeSteps,
} from '../../../shared/text/adb-advice.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { BridgeProblem, BridgeView } from '../../../shared/types/device.ts';
import type { FoundAdb } from './adb-finder.ts';
import type { Environment } from './adb-places.ts';
import { askServer } from './adb-query.ts';
import { type StartComplaint, startServer } from './adb-start.ts';

const versionText = (protocol: number) => `1.0.${protocol}`;

/** The version that an adb program says of itself (`1.0.41`), or null where it says none within five seconds. */
export function programVersion(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['version'], { timeout: 5000, windowsHide: true }, (error, stdout) => {
      resolve(error ? null : (/version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null));
    });
  });
}

/** The view of an adb that has a problem, with the steps that belong to it. */
export function withProblem(
  view: Omit<BridgeView, 'problem' | 'steps' | 'advice'>,
  problem: BridgeProblem,
  advice: string,
  platform: string,
  port: number,
): BridgeView {
  return { ...view, advice, problem, steps: bridgeSteps(problem, platform, port) };
}

type Asked = { readonly version: number } | { readonly problem: BridgeProblem; readonly advice: string } | null;

async function serverVersion(port: number): Promise<Asked> {
  let answer = await askServer(port, 'host:version');
  // A server that is just being ended hangs up too.
  for (let tries = 0; answer.kind === 'closed' && tries < 3; tries += 1) {
    await wait(150);
    answer = await askServer(port, 'host:version');
  }
  switch (answer.kind) {
    case 'none':
      return null;
    case 'silent':
      return { problem: 'server-silent', advice: adbServerSilentAdvice(port) };
    case 'fail':
      return { problem: 'server-refuses', advice: adbRefusesAdvice(null, plainText(answer.text)) };
    case 'okay': {
      const version = Number.parseInt(answer.text, 16);
      if (!Number.isNaN(version)) return { version };
    }
  }
  return { problem: 'port-taken', advice: adbPortTakenAdvice(port) };
}

/** What was learnt of one attempt to start a server. */
interface Failed {
  readonly path: string;
  readonly complaint: StartComplaint | null;
}

/** Starts a server with the first program that can be run at all. */
async function startAny(
  paths: readonly string[],
  port: number,
  environment: Environment,
): Promise<{ server: Asked; path: string } | Failed> {
  let failed: Failed | null = null;
  for (const path of paths) {
    const complaint = await startServer(path, port, environment);
    for (let tries = 0; tries < 10; tries += 1) {
      const server = await serverVersion(port);
      if (server !== null) return { server, path };
      if (complaint !== null) break;
      await wait(100);
    }
    failed ??= { path, complaint };
    // A program that runs and fails has a reason that another one will meet too.
    if (complaint === null || complaint.reason === null) return { path, complaint };
  }
  return failed!;
}

/**
 * Makes sure that an adb server runs on the port and says how things stand. A server that runs already is used as it
 * is, whatever its version, and with or without an adb program of our own. Where none runs, somebody else's is waited for
 * up to `graceMs` before one is started: whoever ended a server mostly starts another.
 */
export async function ensureServer(
  port: number,
  found: FoundAdb,
  platform: string,
  environment: Environment,
  graceMs = 0,
): Promise<BridgeView> {
  const trouble = (state: 'missing' | 'failed', adbPath: string | null, problem: BridgeProblem, advice: string) =>
    withProblem({ state, adbPath, version: null }, problem, advice, platform, port);

  let path = found.path;
  let server = await serverVersion(port);
  for (const until = Date.now() + graceMs; server === null && Date.now() < until; ) {
    await wait(100);
    server = await serverVersion(port);
  }
  if (server === null) {
    if (found.path === null) {
      return found.wrong === null
        ? trouble('missing', null, 'adb-missing', adbMissingAdvice(platform))
        : trouble('missing', null, 'adb-path-wrong', adbPathWrongAdvice(found.wrong));
    }
    const started = await startAny([found.path, ...found.others], port, environment);
    if (!('server' in started)) {
      const { complaint } = started;
      return complaint?.reason == null
        ? trouble('failed', started.path, 'adb-not-started', adbNotStartedAdvice(started.path, complaint?.said ?? null))
        : trouble(
            'failed',
            started.path,
            'adb-cannot-run',
            adbCannotRunAdvice(started.path, complaint.reason, complaint.said, platform),
          );
    }
    server = started.server!;
    path = started.path;
  }
  if ('problem' in server) return trouble('failed', path, server.problem, server.advice);
  const version = versionText(server.version);
  const own = path === null ? null : await programVersion(path);
  const view = { state: 'ready', adbPath: path, version } as const;
  return own === null || own === version
    ? { ...view, advice: null }
    : withProblem(view, 'server-version', adbOtherVersionAdvice(version, own), platform, port);
}
