import { app, BrowserWindow, protocol, session } from 'electron';
import { connectProcess } from '../../host/wire-process.ts';
import { answerAppRequest } from './app-files.ts';
import { serveIpc } from './contract-ipc.ts';
import { createWindow } from './create-window.ts';
import { forkUtility } from './fork-utility.ts';
import { denyPermissions, guardContents } from './guards.ts';
import { places } from './places.ts';

/** Runs the program in Electron. `devServer` is Vite's address while developing. */
export async function runElectron(devServer: string | undefined): Promise<void> {
  // One program for a person: a second start brings the first to the front.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
  ]);
  guardContents(app, devServer);
  await app.whenReady();

  const where = places();
  denyPermissions(session.defaultSession);
  protocol.handle('app', (request) => answerAppRequest(request, where.window));
  const host = connectProcess(() => forkUtility(where.engine), {
    shell: 'electron',
    version: app.getVersion(),
    resources: where.resources,
  });
  serveIpc(host, () => BrowserWindow.getAllWindows(), devServer);
  await createWindow(where.preload, devServer);

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void createWindow(where.preload, devServer);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Work under way is stopped and cases are closed before the program ends.
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    host.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
