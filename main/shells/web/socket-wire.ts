import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Host } from '../../host/host.ts';
import { isRequest } from '../../host/serve-contract.ts';
import type { Gate } from './gate.ts';

/** Requests are small; files go through the upload. */
const longestRequest = 4 * 1024 * 1024;
/** A window that does not read its news misses them rather than filling this process's memory. */
const mostUnread = 64 * 1024 * 1024;

/** Carries the contract over WebSockets at `/wire`: requests in, replies and news out, each one JSON text. */
export function attachSocketWire(server: Server, host: Host, gate: Gate): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestRequest, perMessageDeflate: false });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = gate.address(request) ?? gate.origin(request) ?? gate.session(request);
    if (refusal || request.url !== '/wire') {
      socket.end(`HTTP/1.1 ${refusal?.status ?? 404} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (made) => carry(made));
  });

  function carry(socket: WebSocket): void {
    const unlisten = host.listen((news) => {
      if (socket.readyState === socket.OPEN && socket.bufferedAmount < mostUnread) socket.send(JSON.stringify(news));
    });
    socket.on('message', (data, binary) => {
      const request = binary ? null : parse(data.toString());
      if (!isRequest(request)) {
        socket.close(1008, 'not a request');
        return;
      }
      const { id, group, name, args } = request;
      host.handle({ id, group, name, args }).then((reply) => {
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(reply));
      });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', unlisten);
  }

  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
