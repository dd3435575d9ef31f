import { app } from 'electron';
import started from 'electron-squirrel-startup';
import { runElectron } from './shells/electron/run-electron.ts';

/** Set by Forge: Vite's address while developing, undefined in a built program. */
declare const MAIN_WINDOW_VITE_DEV_SERVER_URL: string | undefined;

/** The program's entry in Electron. */
const devServer = typeof MAIN_WINDOW_VITE_DEV_SERVER_URL === 'undefined' ? undefined : MAIN_WINDOW_VITE_DEV_SERVER_URL;

if (started) {
  // Windows' installer starts the program to make or remove its shortcuts; that is done by then.
  app.quit();
} else {
  runElectron(devServer).catch((thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    app.exit(1);
  });
}
