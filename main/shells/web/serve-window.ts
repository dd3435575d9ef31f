import { resolve } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { CaseView } from '../../../shared/types/case.ts';
import { checkout, checkoutVersion } from '../../host/checkout.ts';
import { forkEngine } from '../../host/fork-engine.ts';
import { findHome } from '../../host/home.ts';
import type { Host } from '../../host/host.ts';
import { connectProcess } from '../../host/wire-process.ts';
import { uploadFolder } from './upload-folder.ts';
import { startWebServer, type WebServer } from './web-server.ts';

export interface ServeWindowOptions {
  /** 0: any free port. */
  readonly port: number;
  /** A case to open at once, or null. */
  readonly case: string | null;
  readonly onNewAddress?: (address: string) => void;
}

/** Starts the engine in its own process and serves the window on the loopback. */
export async function serveWindow(options: ServeWindowOptions): Promise<WebServer> {
  const host = connectProcess(() => forkEngine(checkout.engine), {
    shell: 'web',
    version: checkoutVersion(),
    resources: checkout.resources,
  });
  try {
    const place =
      options.case === null ? '' : `#/case/${encodeURIComponent((await openFirst(host, options.case)).id)}/timeline`;
    const server = await startWebServer({
      host,
      window: checkout.window,
      uploads: await uploadFolder(findHome().folder),
      port: options.port,
      place,
      ...(options.onNewAddress ? { onNewAddress: options.onNewAddress } : {}),
    });
    return {
      ...server,
      async close() {
        await server.close();
        await host.close();
      },
    };
  } catch (thrown) {
    await host.close();
    throw thrown;
  }
}

async function openFirst(host: Host, path: string): Promise<CaseView> {
  const reply = await host.handle({ id: 0, group: 'cases', name: 'open', args: { path: resolve(path) } });
  if (!reply.ok) throw new Failure(reply.error.code, reply.error.message, reply.error.advice);
  return reply.value as CaseView;
}
