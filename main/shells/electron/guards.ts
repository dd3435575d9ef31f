import { type App, type Session, shell, type WebContents } from 'electron';
import { isOwnPage } from './own-page.ts';

/** Pages on the web that the window may hand to the person's browser. Nothing else leaves the program. */
const mayOpenOutside = new Set(['https:']);

/** No page may ask for a device, a place, a notification or anything else of the kind. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/** Every page that is ever made stays where it is: no other address, no second window, no embedded page. */
export function guardContents(app: App, devServer: string | undefined): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url, devServer)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnPage(event.url, devServer)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside.has(URL.parse(url)?.protocol ?? '')) shell.openExternal(url).catch(() => {});
      return { action: 'deny' };
    });
  });
}
