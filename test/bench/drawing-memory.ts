/** What a page holds of the machine's memory. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';

/** Bytes. */
export interface Memory {
  /** Objects of its script, after collecting garbage, and before. */
  readonly heap: number;
  readonly heapBefore: number;
  /** Its process: its own pages and its share of those that it has in common with others; null where the system does not tell. */
  readonly process: number | null;
  /** The most pages that the process ever had in memory, those of Chromium's own files among them. */
  readonly peak: number | null;
}

/** Measures a page. Linux tells of processes; elsewhere only the heap is known. */
export async function memoryOf(browser: Browser, page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const heap = async () => (await session.send('Runtime.getHeapUsage')).usedSize;
  const heapBefore = await heap();
  const pid = await rendererPid(browser);
  const rollup = pid === null ? '' : await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const status = pid === null ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  await session.send('HeapProfiler.collectGarbage');
  const after = await heap();
  await session.detach();
  return { heap: after, heapBefore, process: bytesAfter(rollup, 'Pss'), peak: bytesAfter(status, 'VmHWM') };
}

function bytesAfter(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}

/** The process of the browser's one page: of several the one that has worked most. */
async function rendererPid(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime);
    return renderers[0]?.id ?? null;
  } finally {
    await session.detach();
  }
}
