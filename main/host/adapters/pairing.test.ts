import { afterEach, describe, expect, it } from 'vitest';
import {
  connectPhone,
  connectVerdict,
  pairedName,
  pairingCode,
  pairPhone,
  pairVerdict,
  phoneAddress,
} from './pairing.ts';
import { type FakeServer, fail, okay, startFakeServer } from './testing/fake-server.ts';

describe('an address', () => {
  it.each([
    ['192.168.1.20:37099', '192.168.1.20:37099'],
    ['  10.0.0.1:5555 ', '10.0.0.1:5555'],
    ['phone.lan:41235', 'phone.lan:41235'],
    ['localhost:5555', 'localhost:5555'],
    ['[fe80::1%wlan0]:41235', '[fe80::1%wlan0]:41235'],
    ['[::1]:5555', '[::1]:5555'],
  ])('%s is one', (text, address) => expect(phoneAddress(text, null)).toBe(address));

  it.each([
    '',
    '192.168.1.20',
    '192.168.1.20:',
    '192.168.1.20:0',
    '192.168.1.20:65536',
    '192.168.1.20:123456',
    '192.168.1:5555',
    '192.168.1.256:5555',
    '192.168.1.20:5555:1',
    'fe80::1',
    'a b:5555',
    '192.168.1.20:5555\nhost:kill',
    'x/../y:5555',
    '-phone:5555',
  ])('“%s” is none', (text) => expect(phoneAddress(text, null)).toBeNull());

  it('may leave the port out only where one is usual', () => {
    expect(phoneAddress('192.168.1.20', 5555)).toBe('192.168.1.20:5555');
    expect(phoneAddress('192.168.1.20', null)).toBeNull();
  });
});

it('a code is six digits, however they are spaced', () => {
  expect(['123456', ' 012 345 ', '123-456'].map(pairingCode)).toEqual(['123456', '012345', '123456']);
  expect(['', '12345', '1234567', '12345x', '１２３４５６', '123456:x'].map(pairingCode)).toEqual(Array(6).fill(null));
});

describe('what adb servers of all ages answer', () => {
  it.each([
    ['Successfully paired to 192.168.1.5:37099 [guid=adb-R58M-x7Yz9k]', null],
    ['Failed: Wrong password or connection was dropped.', 'wrong-code'],
    ['Failed: Unable to start pairing client.', 'unreachable'],
    ['Failed to parse address for pairing: bad port', 'bad-address'],
    ['Invalid port while parsing address [foo]', 'bad-address'],
    ['Failed: unable to create pairing client.', 'other'],
  ])('to pairing: %s', (said, failure) => {
    expect(pairVerdict({ kind: 'okay', text: said }).failure).toBe(failure);
    // The same words with the other status, as servers since adb 31 send them.
    if (failure !== null) expect(pairVerdict({ kind: 'fail', text: said }).failure).toBe(failure);
  });

  it.each([
    ['connected to 192.168.1.5:41235', null, '192.168.1.5:41235', false],
    ['already connected to 192.168.1.5:41235', null, '192.168.1.5:41235', true],
    ["failed to connect to '127.0.0.1:1': Connection refused", 'refused', null, false],
    ['unable to connect to 127.0.0.1:1: Connection refused', 'refused', null, false],
    [
      'cannot connect to 192.168.1.5:5555: No connection could be made because the target machine actively refused it. (10061)',
      'refused',
      null,
      false,
    ],
    ["failed to connect to '192.168.1.5:5555': Connection timed out", 'unreachable', null, false],
    ["failed to connect to '192.168.1.5:5555': Operation timed out", 'unreachable', null, false],
    ["failed to connect to '192.168.1.5:5555': No route to host", 'unreachable', null, false],
    ["failed to connect to '192.168.1.5:5555': Network is unreachable", 'unreachable', null, false],
    ["failed to resolve host: 'nosuch.lan': Name or service not known", 'no-such-host', null, false],
    ['failed to authenticate to 192.168.1.5:41235', 'not-authorised', null, false],
    ["bad port number '99999' in '1.2.3.4:99999'", 'bad-address', null, false],
    ['failed to connect to 192.168.1.5:41235', 'other', null, false],
  ])('to connecting: %s', (text, failure, serial, already) => {
    expect(connectVerdict({ kind: 'okay', text })).toMatchObject({ failure, serial, already });
  });

  it('names the phone that was paired with', () => {
    expect(pairedName('Successfully paired to 192.168.1.5:37099 [guid=adb-R58M-x7Yz9k]')).toBe('adb-R58M-x7Yz9k');
    expect(pairedName('Successfully paired')).toBeNull();
  });
});

describe('pairing and connecting', () => {
  let fake: FakeServer | null = null;
  afterEach(async () => {
    await fake?.close();
    fake = null;
  });
  const runs = async () => null;
  const server = async (reply: (request: string) => string | null) => {
    fake = await startFakeServer(reply);
    return fake.port;
  };

  it('send the code once, in the one form that the server knows', async () => {
    const port = await server(() => okay('Successfully paired to 192.168.1.5:37099 [guid=adb-R58M-x7Yz9k]'));
    const { outcome, name } = await pairPhone(port, ' 192.168.1.5:37099', '12 34 56', runs);
    expect(fake!.asked).toEqual(['host:pair:123456:192.168.1.5:37099']);
    expect([outcome.ok, name]).toEqual([true, 'adb-R58M-x7Yz9k']);
    expect(outcome.sentence).toMatch(/^The phone at 192\.168\.1\.5:37099 is paired with this computer\..*\.$/);
  });

  it('send nothing where address or code is none', async () => {
    const port = await server(() => okay('connected to x'));
    for (const [address, code, failure] of [
      ['192.168.1.5', '123456', 'bad-address'],
      ['host:kill', '123456', 'bad-address'],
      ['192.168.1.5:37099', '12345', 'bad-code'],
    ] as const) {
      const { outcome } = await pairPhone(port, address, code, runs);
      expect(outcome).toMatchObject({ ok: false, failure, serial: null });
      expect(outcome.sentence).not.toContain(code);
    }
    expect(await connectPhone(port, 'a b', runs)).toMatchObject({ ok: false, failure: 'bad-address' });
    expect(fake!.asked).toEqual([]);
  });

  it('understand a server that takes the question and answers with a status of its own', async () => {
    let answer = okay('Successfully paired to 192.168.1.5:37099 [guid=adb-R58M-x7Yz9k]');
    const port = await server(() => `OKAY${answer}`);
    expect((await pairPhone(port, '192.168.1.5:37099', '123456', runs)).outcome.ok).toBe(true);
    // As adb 34 answers where nothing listens.
    answer = fail('Failed: Unable to start pairing client.');
    const { outcome } = await pairPhone(port, '192.168.1.5:37099', '123456', runs);
    expect(outcome).toMatchObject({ ok: false, failure: 'unreachable' });
  });

  it.each([
    ['a wrong code', okay('Failed: Wrong password or connection was dropped.'), 'wrong-code'],
    ['a server that knows no pairing', fail('unknown host service'), 'server-too-old'],
    ['a server that hangs up', null, 'server-died'],
    ['a server that repeats the request', fail('no such service pair:123456:192.168.1.5:37099'), 'other'],
  ] as const)('say one sentence about %s, without the code', async (_, reply, failure) => {
    const port = await server(() => reply);
    const { outcome, name } = await pairPhone(port, '192.168.1.5:37099', '123456', runs);
    expect(outcome).toMatchObject({ ok: false, failure, serial: null });
    expect(outcome.sentence).toMatch(/\.$/);
    expect(JSON.stringify(outcome)).not.toContain('123456');
    expect(name).toBeNull();
  });

  it('say why where no server runs', async () => {
    const none = async () => 'adb was not found: install it.';
    expect((await pairPhone(1, '192.168.1.5:37099', '123456', none)).outcome).toMatchObject({
      failure: 'no-server',
      sentence: expect.stringContaining('adb was not found: install it.'),
    });
    expect(await connectPhone(1, '192.168.1.5', none)).toMatchObject({ failure: 'no-server' });
  });

  it('take an address, an address without a port, and the name of a service', async () => {
    const port = await server((request) => okay(`connected to ${request.slice('host:connect:'.length)}`));
    for (const [text, serial] of [
      ['192.168.1.5:41235', '192.168.1.5:41235'],
      ['192.168.1.5', '192.168.1.5:5555'],
      ['adb-R58M-x7Yz9k._adb-tls-connect._tcp', 'adb-R58M-x7Yz9k._adb-tls-connect._tcp'],
    ] as const) {
      expect(await connectPhone(port, text, runs)).toMatchObject({ ok: true, serial });
    }
  });

  it('say one sentence about each way in which a connection fails', async () => {
    let answer: string | null = null;
    const port = await server(() => answer);
    const sentences = new Set<string>();
    for (const [reply, failure] of [
      [okay('failed to authenticate to 192.168.1.5:41235'), 'not-authorised'],
      [okay("failed to connect to '192.168.1.5:41235': Connection refused"), 'refused'],
      [okay("failed to connect to '192.168.1.5:41235': No route to host"), 'unreachable'],
      [okay("failed to resolve host: 'x': Name or service not known"), 'no-such-host'],
      [okay('something \u001b[2J else'), 'other'],
      [null, 'server-died'],
    ] as const) {
      answer = reply;
      const outcome = await connectPhone(port, '192.168.1.5:41235', runs);
      expect(outcome).toMatchObject({ ok: false, failure, serial: null });
      expect(outcome.sentence).toMatch(/\.$/);
      expect(outcome.sentence).not.toContain('\u001b');
      sentences.add(outcome.sentence);
    }
    expect(sentences.size).toBe(6);
  });
});
