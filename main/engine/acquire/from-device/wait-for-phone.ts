import { setTimeout as pause } from 'node:timers/promises';
import { plainText } from '../../../../shared/text/plain-text.ts';
import type { DeviceView } from '../../../../shared/types/device.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { Progress } from '../../ports/progress.ts';

const lookEveryMs = 400;
const reconnectEveryMs = 2000;
const probeMs = 5000;
const probeBytes = 4096;

export interface Awaited {
  readonly bridge: DeviceBridge;
  /** As adb named it. */
  readonly connection: string;
  /** The phone's own serial, by which it is known again; null where it tells none. */
  readonly hardwareSerial: string | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly fraction: number | null;
}

/** The phone's own serial (`ro.serialno`): empty where it tells none, null where it does not answer. */
async function serialOf(bridge: DeviceBridge, connection: string, signal: AbortSignal): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const options = { timeoutMs: probeMs, signal };
  const { ending } = await bridge.run(connection, 'getprop ro.serialno', options, (chunk) => {
    if (bytes < probeBytes) chunks.push(chunk.slice(0, probeBytes - bytes));
    bytes += chunk.length;
  });
  return ending === 'exit' ? plainText(Buffer.concat(chunks).toString('utf8').trim(), 100) : null;
}

/** A connection over the network has an address for a name. */
const overNetwork = (connection: string) => /:\d{1,5}$|\._tcp\.?/.test(connection);

/**
 * Waits until the same phone is there and answers, and gives adb's name for it, or null when the time is over or the
 * examiner cancelled. A phone that was reached over the network may come back by its cable: its own serial is adb's name
 * then. No command is sent to any other phone.
 */
export async function waitForPhone(wait: Awaited): Promise<string | null> {
  const { bridge, connection, hardwareSerial, signal, progress } = wait;
  const end = performance.now() + wait.waitMs;
  const over = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(wait.waitMs)))]);
  const what = overNetwork(connection)
    ? 'The connection was lost: waiting for the phone'
    : 'The cable was pulled: waiting for the phone';
  const ended = new Promise<null>((resolve) => {
    over.addEventListener('abort', () => resolve(null), { once: true });
    if (over.aborted) resolve(null);
  });
  const ours = (phone: DeviceView) =>
    phone.state === 'device' && (phone.serial === connection || phone.serial === hardwareSerial);
  let connecting: Promise<void> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  while (!over.aborted) {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    progress.now(`${what} (${left} s)`, wait.fraction);
    // The list itself may hang while the adb server is being looked for.
    const view = await Promise.race([bridge.list().catch(() => null), ended]);
    for (const phone of view?.devices.filter(ours) ?? []) {
      const serial = await Promise.race([serialOf(bridge, phone.serial, over), ended]);
      if (over.aborted) return null;
      if (serial === null) continue;
      if (serial === hardwareSerial || (phone.serial === connection && (serial === '' || hardwareSerial === null))) {
        return phone.serial;
      }
    }
    if (bridge.reconnect && connecting === null && performance.now() - triedAt > reconnectEveryMs) {
      triedAt = performance.now();
      connecting = bridge.reconnect(connection).finally(() => {
        connecting = null;
      });
    }
    await pause(lookEveryMs, undefined, { signal: over }).catch(() => {});
  }
  return null;
}
