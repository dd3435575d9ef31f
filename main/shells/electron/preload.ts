import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { News } from '../../../shared/contract/derive.ts';
import { newsChannel, requestChannel } from './channels.ts';

/**
 * What the window's page gets of the world: three functions. Answers come as replies, since a thrown error loses all but
 * its message on the way; the page checks them.
 */
contextBridge.exposeInMainWorld('phonehome', {
  request(group: string, name: string, args: unknown): Promise<unknown> {
    return ipcRenderer.invoke(requestChannel, group, name, args);
  },
  listen(group: string, name: string, listener: (payload: unknown) => void): () => void {
    const heard = (_event: unknown, news: News): void => {
      if (news.group === group && news.name === name) listener(news.payload);
    };
    ipcRenderer.on(newsChannel, heard);
    return () => {
      ipcRenderer.removeListener(newsChannel, heard);
    };
  },
  /** Path of a dropped file; empty for one that lies nowhere. */
  pathOf(file: File): string {
    return webUtils.getPathForFile(file);
  },
});
