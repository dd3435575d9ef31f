import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { PracticePhone } from '../practice-phone.ts';
import { type Dialect, dialectOf } from './banner.ts';
import type { Behaviour } from './behaviour.ts';
import {
  checkOf,
  commands,
  encodeMessage,
  type Message,
  MessageReader,
  versionWithCheck,
  versionWithoutCheck,
} from './message.ts';
import { type Service, Stream } from './service-stream.ts';
import { shellServiceOf } from './shell-service.ts';
import { syncService } from './sync-service.ts';

const authToken = 1;
const authSignature = 2;
const authPublicKey = 3;
const smallestPayload = 4096;
const nothing = new Uint8Array();

/** What a connection asks of the phone that it belongs to. */
export interface ConnectionHost {
  readonly phone: PracticePhone;
  behaviour(): Behaviour;
  /** Resolves when the cable has carried so many bytes. */
  carry(bytes: number): Promise<void>;
  /** Counts bytes of answers; says how many of them may still go out before the cable is pulled. */
  allowance(service: string, bytes: number): number;
  /** The allowance is used up. */
  cut(): void;
}

/** One transport: an adb server that connected. Many services run over it at once. */
export class Connection {
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #dialect: Dialect;
  readonly #reader = new MessageReader();
  readonly #streams = new Map<number, Stream>();
  #nextId = 1;
  #version = versionWithCheck;
  #blockBytes = smallestPayload;
  #online = false;
  #waitsForKey = false;
  #tokensSent = 0;

  constructor(socket: Socket, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    this.#dialect = dialectOf(host.phone);
    socket.setNoDelay(true);
    socket.on('data', (piece) => this.#take(piece));
    socket.on('error', () => this.end());
    socket.on('close', () => this.#closeStreams());
  }

  end(): void {
    this.#socket.destroy();
    this.#closeStreams();
  }

  /** The owner of the phone has tapped “Allow”: connections that waited for it come up. */
  authorise(): void {
    if (this.#waitsForKey) this.#welcome();
  }

  #take(piece: Uint8Array): void {
    try {
      for (const message of this.#reader.push(piece)) this.#handle(message);
    } catch {
      // A host that breaks the protocol is dropped, as adbd does.
      this.end();
    }
  }

  #handle(message: Message): void {
    if (this.#version < versionWithoutCheck && message.check !== checkOf(message.payload)) {
      throw new Error('a payload that does not match its check');
    }
    switch (message.command) {
      case commands.CNXN:
        this.#version = Math.min(this.#dialect.version, message.arg0);
        this.#blockBytes = Math.max(Math.min(this.#dialect.maxPayload, message.arg1), smallestPayload);
        if (this.#host.behaviour().unauthorised) this.#askForKey();
        else this.#welcome();
        return;
      case commands.AUTH:
        // A signature that we do not know is answered with a new token until the host shows its key; then we wait.
        if (message.arg0 === authSignature) this.#askForKey();
        else if (message.arg0 === authPublicKey && !this.#host.behaviour().unauthorised) this.#welcome();
        return;
    }
    if (!this.#online) return;
    switch (message.command) {
      case commands.OPEN:
        this.#open(message);
        return;
      case commands.OKAY:
        this.#streams.get(message.arg1)?.acknowledged();
        return;
      case commands.WRTE:
        this.#streams.get(message.arg1)?.received(message.payload);
        return;
      case commands.CLSE:
        this.#close(message.arg1);
        return;
    }
  }

  #askForKey(): void {
    this.#waitsForKey = true;
    // The host has few keys; a device that asked more often than that only burns time.
    if (this.#tokensSent++ < 16) this.#send(commands.AUTH, authToken, 0, randomBytes(20));
  }

  #welcome(): void {
    this.#waitsForKey = false;
    this.#online = true;
    this.#send(commands.CNXN, this.#dialect.version, this.#dialect.maxPayload, Buffer.from(this.#dialect.banner));
  }

  #open(message: Message): void {
    const remoteId = message.arg0;
    // The name ends with a zero byte.
    const name = Buffer.from(message.payload).toString('utf8').replace(/\0+$/, '');
    const service = this.#serviceOf(name);
    if (!service) {
      this.#send(commands.CLSE, 0, remoteId);
      return;
    }
    const localId = this.#nextId++;
    const stream = new Stream({
      localId,
      remoteId,
      blockBytes: this.#blockBytes,
      sendBlock: (block) => this.#sendBlock(name, localId, remoteId, block),
      taken: () => this.#send(commands.OKAY, localId, remoteId),
    });
    this.#streams.set(localId, stream);
    this.#send(commands.OKAY, localId, remoteId);
    const { silent, only = '' } = this.#host.behaviour();
    if (silent && name.includes(only)) return;
    service(stream).then(
      () => this.#close(localId),
      () => this.#close(localId),
    );
  }

  #serviceOf(name: string): Service | null {
    if (name === 'sync:') return syncService(this.#host.phone, this.#dialect.features);
    return shellServiceOf(this.#host.phone, name, this.#dialect);
  }

  async #sendBlock(service: string, localId: number, remoteId: number, block: Uint8Array): Promise<void> {
    const { latencyMs = 0 } = this.#host.behaviour();
    if (latencyMs > 0) await wait(latencyMs, undefined, { ref: false });
    await this.#host.carry(block.length);
    const allowed = this.#host.allowance(service, block.length);
    if (allowed > 0) this.#send(commands.WRTE, localId, remoteId, block.subarray(0, allowed));
    if (allowed < block.length) {
      // What was sent reaches the host first: a cut that looks like a plain end is the one worth practising.
      this.#socket.end(() => this.#host.cut());
    }
  }

  #close(localId: number): void {
    const stream = this.#streams.get(localId);
    if (!stream) return;
    this.#streams.delete(localId);
    stream.close();
    this.#send(commands.CLSE, localId, stream.remoteId);
  }

  #closeStreams(): void {
    this.#online = false;
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  #send(command: number, arg0: number, arg1: number, payload: Uint8Array = nothing): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    // The handshake always carries the check: the versions are not agreed before it is over.
    const early = command === commands.CNXN || command === commands.AUTH;
    this.#socket.write(encodeMessage(command, arg0, arg1, payload, early || this.#version < versionWithoutCheck));
  }
}
