import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Failure } from '../../../shared/base/failure.ts';
import { Cable, type Latency, slowPhone } from '../phone/latency.ts';
import type { PracticePhone } from '../practice-phone.ts';
import type { Behaviour } from './behaviour.ts';
import { Connection } from './connection.ts';

/** A practice phone that adb can reach. `adb connect HOST:port` makes it appear. */
export interface AdbDevice {
  readonly port: number;
  /** The serial under which the adb server lists it. */
  readonly serial: string;
  /** Changes what goes wrong from now on; `{}` is a good phone again and accepts hosts that wait for their key. */
  behave(behaviour: Behaviour): void;
  /** Pulls the cable: all connections end, new ones are turned away. */
  unplug(): void;
  plugIn(): void;
  close(): Promise<void>;
}

/**
 * Starts the device side of the ADB protocol for a phone. `port` 0 takes a free one. Throws Failure `wrong-use` where
 * the port is taken.
 */
export async function startAdbDevice(
  phone: PracticePhone,
  options: { readonly port: number; readonly host: string; readonly behaviour?: Behaviour },
): Promise<AdbDevice> {
  let behaviour: Behaviour = options.behaviour ?? {};
  let answered = 0;
  let plugged = true;
  const connections = new Map<Socket, Connection>();
  const cable = new Cable();
  // Whoever asks at the same time shares one phone's cores, so there is one slow phone for each profile.
  const slow = new Map<Latency, PracticePhone>();
  const asked = (): PracticePhone => {
    const { latency } = behaviour;
    if (!latency) return phone;
    const known = slow.get(latency) ?? slowPhone(phone, latency);
    slow.set(latency, known);
    return known;
  };
  const timed: PracticePhone = {
    ...phone,
    run: (line) => asked().run(line),
    file: (path) => phone.file(path),
    list: (path) => phone.list(path),
  };

  const unplug = () => {
    plugged = false;
    for (const connection of connections.values()) connection.end();
    connections.clear();
  };

  const server = createServer((socket) => {
    if (!plugged) {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, {
      phone: timed,
      behaviour: () => behaviour,
      carry: async (bytes) => {
        if (behaviour.latency) await cable.carry(bytes, behaviour.latency.bytesPerSecond);
      },
      allowance(service, bytes) {
        const { cutAfterBytes, only = '' } = behaviour;
        if (cutAfterBytes === undefined || !service.includes(only)) return bytes;
        const left = Math.max(0, Math.min(bytes, cutAfterBytes - answered));
        answered += left;
        return left;
      },
      cut: unplug,
    });
    connections.set(socket, connection);
    socket.on('close', () => connections.delete(socket));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Failure(
          'wrong-use',
          `The practice phone cannot listen on ${options.host}:${options.port}: ${error.code ?? error.message}.`,
          'Choose another port with --port, or leave it out to take a free one.',
        ),
      );
    });
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    serial: `${options.host}:${port}`,
    behave(next) {
      behaviour = next;
      answered = 0;
      if (!next.unauthorised) for (const connection of connections.values()) connection.authorise();
    },
    unplug,
    plugIn() {
      plugged = true;
    },
    close() {
      unplug();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
