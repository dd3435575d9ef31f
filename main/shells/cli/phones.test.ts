import { beforeEach, describe, expect, it } from 'vitest';
import { fakeEngine } from '../../../test/shells/fake-engine.ts';
import { runOver } from '../../../test/shells/run-over.ts';

let engine: ReturnType<typeof fakeEngine>;

beforeEach(() => {
  engine = fakeEngine();
});

const run = (...argv: string[]) => runOver(engine, argv);

describe('devices', () => {
  const plain = { serial: 'A1', model: null, android: null, maker: null, practice: false } as const;
  const works = { state: 'ready', adbPath: '/usr/bin/adb', version: '1.0.41', advice: null } as const;

  it('says under the list what to do, in lines that fit', async () => {
    const advice =
      'Unlock the phone and tap “Allow” where it asks about USB debugging, and wait until it is ready again.';
    const steps = ['First this.', 'Then that.'];
    const locked = { ...plain, state: 'unauthorized', link: 'usb', advice, steps } as const;
    engine = { ...engine, phones: async () => ({ bridge: works, devices: [locked] }) };
    const { exit, out, err } = await run('devices');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^A1 {6}unauthorized {2}cable {2}not known {2}not known$/m);
    expect(out).toMatch(/^A1: Unlock the phone .*\n {2}\S.*\n {2}1\. First this\.\n {2}2\. Then that\.\n$/m);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('names phones on the bus that adb does not list, and keeps them out of the JSON', async () => {
    const usb = {
      port: '1-2',
      vendorId: '2717',
      productId: 'ff40',
      maker: 'Xiaomi',
      product: 'Redmi',
      serial: null,
      problem: 'debugging-off',
      advice: 'Switch on USB debugging.',
    } as const;
    engine = { ...engine, phones: async () => ({ bridge: works, devices: [], usb: [{ ...usb, steps: [] }] }) };
    const { out } = await run('devices');
    expect(out).toContain('USB 1-2, 2717:ff40: Switch on USB debugging.');
    expect(await run('devices', '--json')).toEqual({
      exit: 0,
      out: '[]\n',
      err: 'USB 1-2: Switch on USB debugging.\n',
    });
  });

  it('says what to check where there is none at all, and what adb has to say though it works', async () => {
    const bridge = { ...works, advice: 'Another version runs.', problem: 'server-version' } as const;
    engine = { ...engine, phones: async () => ({ bridge, devices: [], usb: [], notes: ['A note.'] }) };
    const { exit, out, err } = await run('devices');
    expect(exit).toBe(0);
    expect(out).toMatch(/^No phone is connected\.\n\n {2}1\. /);
    expect(err).toBe('A note.\nAnother version runs.\n');
  });
});

describe('pair and connect', () => {
  it('hand on address and code, and say what came of it', async () => {
    const asked: string[][] = [];
    const failure = 'wrong-code';
    engine = {
      ...engine,
      pairPhone: async (address, code) => {
        asked.push([address, code]);
        return { ok: false, sentence: 'The phone refused the code.', serial: null, failure };
      },
    };
    expect(await run('pair', '192.168.1.5:37000', '123456')).toEqual({
      exit: 3,
      out: '',
      err: 'The phone refused the code.\n',
    });
    const json = await run('pair', '192.168.1.5:37000', '123456', '--json');
    expect(JSON.parse(json.out)).toEqual({ ok: false, sentence: 'The phone refused the code.', serial: null, failure });
    expect([json.exit, json.err]).toEqual([3, '']);
    expect(asked).toEqual([
      ['192.168.1.5:37000', '123456'],
      ['192.168.1.5:37000', '123456'],
    ]);
    const connected = await run('connect', '192.168.1.5:41000');
    expect(connected).toEqual({ exit: 0, out: 'Connected to 192.168.1.5:41000.\n', err: '' });
  });

  it('count a wrong address as wrong use', async () => {
    const sentence = 'That is no address.';
    const connectPhone = async () => ({ ok: false, sentence, serial: null, failure: 'bad-address' }) as const;
    engine = { ...engine, connectPhone };
    expect(await run('connect', 'x')).toEqual({ exit: 2, out: '', err: `${sentence}\n` });
    expect((await run('connect')).exit).toBe(2);
  });
});
