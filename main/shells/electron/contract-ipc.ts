import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { Failure } from '../../../shared/base/failure.ts';
import type { Reply } from '../../../shared/contract/derive.ts';
import type { Host } from '../../host/host.ts';
import { isRequest } from '../../host/serve-contract.ts';
import { newsChannel, requestChannel } from './channels.ts';
import { isOwnPage } from './own-page.ts';

/** Carries the contract between the window and the host. Only the main frame of our own page is answered. */
export function serveIpc(host: Host, windows: () => readonly BrowserWindow[], devServer: string | undefined): void {
  let next = 1;
  ipcMain.handle(requestChannel, async (event, group: unknown, name: unknown, args: unknown): Promise<Reply> => {
    const request = { id: next++, group, name, args };
    if (!isOwnFrame(event, devServer) || !isRequest(request)) {
      const refusal = new Failure('wrong-use', 'The program answers its own window only.');
      return { id: request.id, ok: false, error: refusal.view() };
    }
    return host.handle(request);
  });
  host.listen((news) => {
    for (const window of windows()) if (!window.isDestroyed()) window.webContents.send(newsChannel, news);
  });
}

function isOwnFrame(event: IpcMainInvokeEvent, devServer: string | undefined): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url, devServer);
}
