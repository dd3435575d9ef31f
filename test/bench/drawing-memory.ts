/** What a page holds of the machine's memory. */
import { readFile } from 'node:fs/promises';
import type { BareChromium, BarePage } from './bare-chromium.ts';

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
export async function memoryOf(browser: BareChromium, page: BarePage): Promise<Memory> {
  const heap = async () => Number((await page.send('Runtime.getHeapUsage')).usedSize);
  const heapBefore = await heap();
  const pid = await rendererPid(browser);
  const rollup = pid === null ? '' : await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const status = pid === null ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  await page.send('HeapProfiler.collectGarbage');
  const after = await heap();
  return { heap: after, heapBefore, process: bytesAfter(rollup, 'Pss'), peak: bytesAfter(status, 'VmHWM') };
}

function bytesAfter(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}

/** The process of the browser's one page: of several the one that has worked most. */
async function rendererPid(browser: BareChromium): Promise<number | null> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const all = processInfo as { type: string; id: number; cpuTime: number }[];
  const renderers = all.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime);
  return renderers[0]?.id ?? null;
}
