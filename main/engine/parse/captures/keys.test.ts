import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { beginsHttp2, http2Requests } from './http2-stream.ts';
import { clientKeys } from './quic-initial.ts';

it('keys of QUIC are those of the worked examples in RFC 9001 and RFC 9369', () => {
  const id = Buffer.from('8394c8f03e515708', 'hex');
  const hex = (version: number) => {
    const { key, iv, hp } = clientKeys(version, id)!;
    return [key, iv, hp].map((one) => one.toString('hex'));
  };
  expect(hex(1)).toEqual([
    '1f369613dd76d5467730efcbe3b1a22d',
    'fa044b2f42a3fd3b46fb255c',
    '9f50449e04a0e810283a1e9933adedd2',
  ]);
  expect(hex(0x6b3343cf)).toEqual([
    '8b1a0bc121284290a29e0971b5cd045d',
    '91f73e2351d8fa91660e909f',
    '45b95e15235d6f45a6b19cbcb0294ba9',
  ]);
  expect(clientKeys(0x12345678, id)).toBeNull();
});

it('requests of HTTP/2 in the clear are read as a real client writes them', async () => {
  let letters = '';
  for (let code = 0x21; code < 0x7f; code += 1) if (code !== 0x22) letters += String.fromCharCode(code);
  const stream = await new Promise<Buffer>((resolve) => {
    const pieces: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (piece) => {
        pieces.push(piece);
        const bytes = Buffer.concat(pieces);
        if (http2Requests(bytes, 9).length < 2) return;
        socket.destroy();
        server.close();
        resolve(bytes);
      });
    }).listen(0, '127.0.0.1', () => {
      const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      client.on('error', () => {});
      for (const path of ['/first?a=b', '/second'])
        client.request({ ':path': path, ':method': 'POST', 'user-agent': letters }).on('error', () => {});
    });
  });
  expect(beginsHttp2(stream, 0, stream.length)).toBe(true);
  const requests = http2Requests(stream, 9);
  expect(requests.map(({ method, target, userAgent }) => [method, target, userAgent])).toEqual([
    ['POST', '/first?a=b', letters],
    ['POST', '/second', letters],
  ]);
});
