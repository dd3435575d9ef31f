import { BrowserWindow } from 'electron';
import { ownOrigin } from './own-page.ts';

/** Opens the window: sandboxed, with nothing of Node in its page. */
export async function createWindow(preload: string, devServer: string | undefined): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    title: 'Phonehome',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(devServer ?? `${ownOrigin}/index.html`);
  return window;
}
