import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { scriptedPhone } from '../../../test/support/scripted-phone.ts';
import type { Behaviour } from './behaviour.ts';
import { type AdbDevice, startAdbDevice } from './device.ts';
import { commands, encodeMessage, type Message, MessageReader } from './message.ts';

/** The host's end, as bare as can be: it sends messages and collects what comes. */
class BareHost {
  readonly socket: Socket;
  readonly got: Message[] = [];
  ended = false;
  #wake = () => {};
  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    const reader = new MessageReader();
    this.socket.on('data', (piece) => {
      this.got.push(...reader.push(piece).map((message) => ({ ...message, payload: Buffer.from(message.payload) })));
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.ended = true;
      this.#wake();
    });
  }
  send(command: number, arg0: number, arg1: number, payload: Uint8Array = new Uint8Array(), withCheck = true): void {
    this.socket.write(encodeMessage(command, arg0, arg1, payload, withCheck));
  }
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
  async message(index: number): Promise<Message> {
    await this.until(() => this.got.length > index || this.ended);
    const message = this.got[index];
    if (!message) throw new Error('the phone hung up');
    return message;
  }
}

const banner = Buffer.from('host::features=shell_v2');
const textOf = (message: Message) => Buffer.from(message.payload).toString('utf8');

describe('the device side of ADB', () => {
  let device: AdbDevice;
  const hosts: BareHost[] = [];
  const start = async (sdk: number, behaviour?: Behaviour) => {
    const answers = { long: { stdout: 'x'.repeat(10_000) }, hello: { stdout: 'hello\n', stderr: 'oops\n', exit: 3 } };
    const phone = scriptedPhone({ sdk, answers });
    device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1', ...(behaviour && { behaviour }) });
    const host = new BareHost(device.port);
    hosts.push(host);
    return host;
  };
  afterEach(async () => {
    for (const host of hosts.splice(0)) host.socket.destroy();
    await device.close();
  });

  it('says who it is, with features only from Android 7 on', async () => {
    const host = await start(34);
    host.send(commands.CNXN, 0x01000001, 1024 * 1024, banner);
    const hello = await host.message(0);
    expect(hello.command).toBe(commands.CNXN);
    expect([hello.arg0, hello.arg1]).toEqual([0x01000001, 1024 * 1024]);
    expect(textOf(hello)).toBe(
      'device::ro.product.name=scripted_product;ro.product.model=Scripted_Model;ro.product.device=scripted;features=shell_v2,cmd,stat_v2,ls_v2',
    );
    await device.close();

    const older = await start(23);
    older.send(commands.CNXN, 0x01000001, 1024 * 1024, banner);
    const oldHello = await older.message(0);
    expect([oldHello.arg0, oldHello.arg1]).toEqual([0x01000000, 4096]);
    expect(textOf(oldHello)).not.toContain('features');
  });

  it('sends one block at a time, no larger than both ends allow, and waits for the host', async () => {
    const host = await start(34);
    host.send(commands.CNXN, 0x01000001, 4096, banner);
    await host.message(0);
    host.send(commands.OPEN, 9, 0, Buffer.from('exec:long\0'), false);
    const okay = await host.message(1);
    expect([okay.command, okay.arg1]).toEqual([commands.OKAY, 9]);
    expect((await host.message(2)).payload).toHaveLength(4096);
    // Until we say that we took the first block, nothing more of it comes: another service is answered before.
    host.send(commands.OPEN, 10, 0, Buffer.from('nonsense:\0'), false);
    const refusal = await host.message(3);
    expect([refusal.command, refusal.arg1]).toEqual([commands.CLSE, 10]);
    host.send(commands.OKAY, 9, okay.arg0);
    expect((await host.message(4)).payload).toHaveLength(4096);
    host.send(commands.OKAY, 9, okay.arg0);
    expect((await host.message(5)).payload).toHaveLength(1808);
    host.send(commands.OKAY, 9, okay.arg0);
    expect((await host.message(6)).command).toBe(commands.CLSE);
  });

  it('runs several services at once', async () => {
    const host = await start(34);
    host.send(commands.CNXN, 0x01000001, 1024 * 1024, banner);
    await host.message(0);
    host.send(commands.OPEN, 1, 0, Buffer.from('exec:long\0'), false);
    await host.message(2);
    // The first one waits for our word; the second is answered all the same.
    host.send(commands.OPEN, 2, 0, Buffer.from('shell,v2,raw:hello\0'), false);
    await host.until(() => host.got.some(({ command, arg1 }) => command === commands.WRTE && arg1 === 2));
    const packets = [];
    for (;;) {
      const next: Message | undefined = host.got.filter(({ command, arg1 }) => command === commands.WRTE && arg1 === 2)[
        packets.length
      ];
      if (!next) {
        if (host.got.some(({ command, arg1 }) => command === commands.CLSE && arg1 === 2)) break;
        await host.until(() => host.got.filter(({ arg1 }) => arg1 === 2).length > packets.length + 1);
        continue;
      }
      packets.push([...next.payload]);
      host.send(commands.OKAY, 2, next.arg0);
    }
    expect(packets).toEqual([
      [1, 6, 0, 0, 0, ...Buffer.from('hello\n')],
      [2, 5, 0, 0, 0, ...Buffer.from('oops\n')],
      [3, 1, 0, 0, 0, 3],
    ]);
  });

  it('closes a service that it does not have at once', async () => {
    const host = await start(22);
    host.send(commands.CNXN, 0x01000000, 4096, banner);
    await host.message(0);
    host.send(commands.OPEN, 5, 0, Buffer.from('shell,v2,raw:hello\0'));
    const answer = await host.message(1);
    expect([answer.command, answer.arg0, answer.arg1]).toEqual([commands.CLSE, 0, 5]);
  });

  it('drops a host whose payload does not match its check', async () => {
    const host = await start(22);
    host.send(commands.CNXN, 0x01000000, 4096, banner);
    await host.message(0);
    host.send(commands.OPEN, 5, 0, Buffer.from('exec:hello\0'), false);
    await host.until(() => host.ended);
    expect(host.got).toHaveLength(1);
  });

  it('asks for a key again and again while it is unauthorised, and comes up when it is allowed', async () => {
    const host = await start(34, { unauthorised: true });
    host.send(commands.CNXN, 0x01000001, 4096, banner);
    const token = await host.message(0);
    expect([token.command, token.arg0, token.payload.length]).toEqual([commands.AUTH, 1, 20]);
    host.send(commands.AUTH, 2, 0, Buffer.alloc(256));
    const second = await host.message(1);
    expect([second.command, second.arg0]).toEqual([commands.AUTH, 1]);
    expect(second.payload).not.toEqual(token.payload);
    host.send(commands.AUTH, 3, 0, Buffer.from('a key\0'));
    device.behave({});
    expect((await host.message(2)).command).toBe(commands.CNXN);
  });

  it('takes a service and keeps silent, or pulls the cable after so many bytes', async () => {
    const host = await start(34, { cutAfterBytes: 6000, only: 'long' });
    host.send(commands.CNXN, 0x01000001, 4096, banner);
    await host.message(0);
    host.send(commands.OPEN, 1, 0, Buffer.from('exec:long\0'), false);
    const okay = await host.message(1);
    await host.message(2);
    host.send(commands.OKAY, 1, okay.arg0);
    await host.until(() => host.ended);
    const received = host.got.filter(({ command }) => command === commands.WRTE).map(({ payload }) => payload.length);
    expect(received.reduce((sum, size) => sum + size, 0)).toBe(6000);

    // The phone is gone now; after plugging it in it answers again, this time silently.
    const turnedAway = new BareHost(device.port);
    hosts.push(turnedAway);
    await turnedAway.until(() => turnedAway.ended);
    device.plugIn();
    device.behave({ silent: true });
    const again = new BareHost(device.port);
    hosts.push(again);
    again.send(commands.CNXN, 0x01000001, 4096, banner);
    await again.message(0);
    again.send(commands.OPEN, 1, 0, Buffer.from('exec:hello\0'), false);
    expect((await again.message(1)).command).toBe(commands.OKAY);
    again.send(commands.OPEN, 2, 0, Buffer.from('nonsense:\0'), false);
    // The refusal of the second service comes after anything that the first could have said.
    expect((await again.message(2)).command).toBe(commands.CLSE);
  });

  it('says in one sentence that its port is taken', async () => {
    await start(34);
    await expect(startAdbDevice(scriptedPhone(), { port: device.port, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'wrong-use',
      message: `The practice phone cannot listen on 127.0.0.1:${device.port}: EADDRINUSE.`,
    });
  });
});
