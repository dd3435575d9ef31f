import type { Bridge } from './bridge.ts';
import { electronBridge } from './electron.ts';
import { webBridge } from './web.ts';

/** Chooses the end that fits: Electron's preload, the test double when `?mock` asks for it while developing, else the web. */
export async function connect(): Promise<Bridge> {
  if (window.phonehome) return electronBridge(window.phonehome);
  const query = new URLSearchParams(window.location.search);
  if (import.meta.env.DEV && query.has('mock')) {
    const { mockBridge } = await import('./mock.ts');
    return mockBridge({
      phones: query.get('phones') ?? undefined,
      empty: query.get('mock') === 'empty',
      live: query.has('live') ? (query.get('live') === 'nocounters' ? 'nocounters' : 'counters') : undefined,
    });
  }
  return webBridge();
}
