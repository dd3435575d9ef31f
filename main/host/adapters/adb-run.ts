import { randomBytes } from 'node:crypto';
import type { Clock } from '../../engine/ports/clock.ts';
import type { CommandEnding, CommandResult } from '../../engine/ports/device-bridge.ts';
import { askServer } from './adb-query.ts';
import { AdbService } from './adb-service.ts';
import { SentinelReader, withSentinel } from './sentinel.ts';
import { closeInputPacket, type OutputPiece, ShellPacketDecoder } from './shell-packets.ts';

const longestStderr = 1024 * 1024;

type Sink = (chunk: Uint8Array) => Promise<void> | void;

/** Turns what the service sends into the two streams, and knows at the end what was proven. */
interface Reading {
  take(chunk: Uint8Array): readonly OutputPiece[];
  /** Nothing more is needed: the proof has come. */
  readonly proven: boolean;
  end(): { readonly rest: Uint8Array; readonly exit: number | null };
}

function packetReading(): Reading {
  const decoder = new ShellPacketDecoder();
  return {
    take: (chunk) => decoder.push(chunk),
    get proven() {
      return decoder.exit !== null;
    },
    end: () => ({ rest: new Uint8Array(), exit: decoder.exit }),
  };
}

function sentinelReading(nonce: string): Reading {
  const reader = new SentinelReader(nonce);
  return {
    take: (chunk) => reader.push(chunk).map((bytes) => ({ stream: 'stdout', bytes })),
    proven: false,
    end: () => reader.end(),
  };
}

/** What the sink threw, kept apart from what the connection did. */
class SinkError extends Error {
  readonly thrown: unknown;
  constructor(thrown: unknown) {
    super('the sink failed');
    this.thrown = thrown;
  }
}

/** True where the phone is still there and ready, by the server's word. */
async function isReady(port: number, serial: string): Promise<boolean> {
  const answer = await askServer(port, `host-serial:${serial}:get-state`);
  return answer.kind === 'okay' && answer.text === 'device';
}

/** Features that the phone claims, or null where the server does not say. */
export async function phoneFeatures(port: number, serial: string): Promise<ReadonlySet<string> | null> {
  const answer = await askServer(port, `host-serial:${serial}:features`);
  return answer.kind === 'okay' ? new Set(answer.text.split(',')) : null;
}

/**
 * Runs one command line on a phone. With shell v2 the exit packet proves the end; without it the command goes through
 * `exec:` (no terminal, so no changed bytes) with a sentinel behind it. Never rejects for what a phone does.
 */
export async function runOverAdb(options: {
  readonly port: number;
  readonly serial: string;
  readonly command: string;
  readonly shellV2: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly sink: Sink;
}): Promise<CommandResult> {
  const { port, serial, command, clock, sink, signal } = options;
  const nonce = randomBytes(8).toString('hex');
  const running = new AdbService(port);
  const reading = options.shellV2 ? packetReading() : sentinelReading(nonce);
  const service = options.shellV2 ? `shell,v2,raw:${command}` : `exec:${withSentinel(command, nonce)}`;

  let stopped: 'timed out' | 'cancelled' | null = null;
  let stop = (_: 'timed out' | 'cancelled') => {};
  const stopping = new Promise<'stopped'>((resolve) => {
    stop = (why) => {
      stopped ??= why;
      running.end();
      resolve('stopped');
    };
  });
  const cancel = () => stop('cancelled');
  const timer = setTimeout(() => stop('timed out'), options.timeoutMs);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();

  const stderr: Uint8Array[] = [];
  let stderrBytes = 0;
  let stderrCut = false;
  const give = async ({ stream, bytes }: OutputPiece): Promise<void> => {
    if (bytes.length === 0) return;
    if (stream === 'stderr') {
      const taken = bytes.subarray(0, longestStderr - stderrBytes);
      if (taken.length > 0) stderr.push(Buffer.from(taken));
      stderrBytes += taken.length;
      stderrCut ||= taken.length < bytes.length;
      return;
    }
    try {
      await sink(bytes);
    } catch (thrown) {
      throw new SinkError(thrown);
    }
  };

  const hostBeforeUs = clock.now();
  let hostAfterUs: number;
  let opened = false;
  let refusedBy: string | null = null;
  try {
    if ((await Promise.race([running.open(serial, service), stopping])) !== 'stopped') {
      opened = true;
      // A stop destroys the socket, which ends the iteration; what the sink holds then is still awaited.
      await pump(running, reading, options.shellV2, give);
    }
  } catch (thrown) {
    if (thrown instanceof SinkError) throw thrown.thrown;
    refusedBy = thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    running.end();
    hostAfterUs = clock.now();
  }

  const { rest, exit } = reading.end();
  try {
    await give({ stream: 'stdout', bytes: rest });
  } catch (thrown) {
    throw thrown instanceof SinkError ? thrown.thrown : thrown;
  }
  const ending = await endingOf({ exit, stopped, opened, refusedBy, ready: () => isReady(port, serial) });
  return { ending, exit, stderr: Buffer.concat(stderr), stderrCut, hostBeforeUs, hostAfterUs };
}

async function pump(
  service: AdbService,
  reading: Reading,
  shellV2: boolean,
  give: (piece: OutputPiece) => Promise<void>,
): Promise<void> {
  // No input will come; a command that reads some must not wait for it.
  if (shellV2) service.write(closeInputPacket);
  // Reading by iteration holds the socket back while the sink is busy, and so the server and the phone.
  for await (const chunk of service) {
    for (const piece of reading.take(chunk)) await give(piece);
    if (reading.proven) return;
  }
}

async function endingOf(facts: {
  readonly exit: number | null;
  readonly stopped: 'timed out' | 'cancelled' | null;
  readonly opened: boolean;
  readonly refusedBy: string | null;
  readonly ready: () => Promise<boolean>;
}): Promise<CommandEnding> {
  if (facts.exit !== null) return 'exit';
  if (facts.stopped) return facts.stopped;
  if (!facts.opened && /not found|offline|unauthorized|authorizing|connecting/.test(facts.refusedBy ?? '')) {
    return 'phone gone';
  }
  // The stream ended without proof: either the command was cut short on a phone that is still there, or the phone went.
  return (await facts.ready()) ? 'no proof' : 'phone gone';
}
