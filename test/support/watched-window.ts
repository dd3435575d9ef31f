import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import { type CaseInfo, emptyCaseInfo } from '../../shared/types/case.ts';
import { launchBrowser } from './browser.ts';
import { temporaryFolder, testEngine, work } from './engine.ts';
import { watchedPage } from './watched-page.ts';

/** The built window over one case, in Chromium, with what its page complains of. */
export interface WatchedWindow {
  /** Folder of the case, of the program's own files, and of what a test puts there. */
  readonly folder: string;
  /** The case. */
  readonly path: string;
  readonly address: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the window over the case that `make` makes in a folder of its own; `before` sees the page before it goes there. */
export async function watchedWindow(
  make: (folder: string) => Promise<string>,
  before?: (page: Page) => void,
): Promise<WatchedWindow> {
  const folder = await temporaryFolder();
  process.env.PHONEHOME_HOME = join(folder.path, 'home');
  const path = await make(folder.path);
  const server = await serveWindow({ port: 0, case: path });
  const browser = await launchBrowser();
  const opened = await watchedPage(browser, server.address(), before);
  return {
    folder: folder.path,
    path,
    address: server.address(),
    browser,
    ...opened,
    async close() {
      await browser.close();
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A case of files that are imported together, by their names. */
export const caseOfFiles =
  (files: Readonly<Record<string, string | Uint8Array>>, info: Partial<CaseInfo> = {}) =>
  async (folder: string): Promise<string> => {
    const made = await testEngine().createCase(join(folder, 'small'), { ...emptyCaseInfo, ...info });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await made.importFiles(
      Object.keys(files).map((name) => join(folder, name)),
      work(),
    );
    const { path } = await made.view();
    await made.close();
    return path;
  };

/** The same of one file. */
export const caseOfFile = (name: string, content: string | Uint8Array, info: Partial<CaseInfo> = {}) =>
  caseOfFiles({ [name]: content }, info);
