/** The pages of the drawing bench: the program's own window, and those of its rivals. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { checkout } from '../../main/host/checkout.ts';
import { forkEngine } from '../../main/host/fork-engine.ts';
import { connectProcess } from '../../main/host/wire-process.ts';
import { startWebServer } from '../../main/shells/web/web-server.ts';
import type { BareChromium, BarePage } from './bare-chromium.ts';
import { type Frames, tracedFrames } from './drawing-frames.ts';
import { moveHand } from './drawing-hand.ts';
import { type Memory, memoryOf } from './drawing-memory.ts';
import { bareLoop } from './pages/bare-loop.ts';
import { uplotPage } from './pages/uplot-page.ts';

const viewport = { width: 1280, height: 720 };

export type Rival = 'bare loop' | 'uPlot';

export interface Drawn {
  readonly frames: Frames;
  /** From the click on the case to the first paint that has lanes, and to the last answer before it; milliseconds. */
  readonly firstMs: number;
  readonly waited: number;
  readonly memory: Memory;
}

/** What the page notes of itself, `performance.now()` of it. */
interface Notes {
  clicked: number;
  painted: number;
  answered: number;
}

/** Runs in the page before anything else of it: when the case was chosen, when answers came, when sums of a lane were first painted. */
function takeNotes(): void {
  const notes = { clicked: 0, painted: 0, answered: 0 };
  Object.assign(globalThis, { notes });
  addEventListener('pointerdown', () => (notes.clicked ||= performance.now()), true);
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    // The strip on top has sums too; lanes stand below it. What is drawn outside of the page (`rehearsal.ts`) is seen by nobody.
    const seen = this.canvas.isConnected && text.includes('↑') && place[1] > 110;
    fillText.call(this, text, ...place);
    if (!seen) return;
    notes.painted = performance.now();
    // What is measured next are frames: a word that is written twice would be in each of them.
    CanvasRenderingContext2D.prototype.fillText = fillText;
  };
  const Plain = WebSocket;
  globalThis.WebSocket = class extends Plain {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', () => {
        if (notes.painted === 0) notes.answered = performance.now();
      });
    }
  };
}

/** Opens the case in the program's window as a person does, and moves the hand over its timeline. */
export async function drawOurs(
  browser: BareChromium,
  at: { readonly path: string; readonly window: string; readonly home: string },
): Promise<Drawn> {
  process.env.PHONEHOME_HOME = at.home;
  // Once before, so that it stands in the list.
  await served(at, (_, host) => open(host, at.path));
  return served(at, async (address) => {
    const page = await browser.newPage(viewport);
    try {
      await page.before(takeNotes);
      await page.open(address, '.recent-open');
      await quiet();
      await page.press('.recent-open');
      const { clicked, painted, answered } = await page.evaluate(painting);
      await quiet();
      const area = await page.box('.tl-host');
      const left = area.width * 0.26;
      const frames = await moved(browser, page, { ...area, x: area.x + left, width: area.width - left - 20 });
      const memory = await memoryOf(browser, page);
      return { frames, firstMs: painted - clicked, waited: answered - clicked, memory };
    } finally {
      await page.close();
    }
  });
}

/** Runs in the page: its notes, once something was painted. */
async function painting(): Promise<Notes> {
  const { notes } = globalThis as unknown as { notes: Notes };
  while (notes.painted === 0) await new Promise((done) => setTimeout(done, 50));
  return notes;
}

type ProgramHost = ReturnType<typeof connectProcess>;

async function served<T>(
  at: { readonly window: string; readonly home: string },
  use: (address: string, host: ProgramHost) => Promise<T>,
): Promise<T> {
  const host = connectProcess(() => forkEngine(checkout.engine), {
    shell: 'web',
    version: 'bench',
    resources: checkout.resources,
  });
  const server = await startWebServer({ host, window: at.window, uploads: join(at.home, 'uploads'), port: 0 });
  try {
    return await use(server.address(), host);
  } finally {
    await server.close();
    await host.close();
  }
}

async function open(host: ProgramHost, path: string): Promise<void> {
  const reply = await host.handle({ id: 0, group: 'cases', name: 'open', args: { path } });
  if (!reply.ok) throw new Error(reply.error.message);
}

/** The same intervals, movements and window for a page that only draws. */
export async function drawRival(browser: BareChromium, rival: Rival, path: string): Promise<Frames> {
  const page = await browser.newPage(viewport);
  const bytes = await intervalsOf(path);
  const server = createServer(({ url }, reply) => {
    reply.setHeader('content-type', url === '/data' ? 'application/octet-stream' : 'text/html');
    reply.end(url === '/data' ? bytes : '<!doctype html><style>body{margin:0}</style><body></body>');
  });
  try {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    await page.open(`http://127.0.0.1:${port}/`, 'style');
    await page.evaluate(takeData);
    if (rival === 'uPlot') {
      const folder = join(checkout.root, 'node_modules/uplot/dist');
      const style = JSON.stringify(await readFile(join(folder, 'uPlot.min.css'), 'utf8'));
      await page.evaluate(`document.querySelector('style').append(${style})`);
      // Its variable is the page's.
      await page.evaluate(`${await readFile(join(folder, 'uPlot.iife.min.js'), 'utf8')};globalThis.uPlot = uPlot; 0`);
      await page.evaluate(uplotPage);
    } else await page.evaluate(bareLoop);
    await quiet();
    return await moved(browser, page, { x: 60, y: 20, width: viewport.width - 80, height: viewport.height - 80 });
  } finally {
    await page.close();
    server.close();
  }
}

/** Runs in a rival's page: five columns, one after the other, and their lanes. */
async function takeData(): Promise<void> {
  const numbers = new Float64Array(await (await fetch('/data')).arrayBuffer());
  const count = numbers.length / 5;
  const column = (n: number) => numbers.subarray(n * count, (n + 1) * count);
  const lane = column(4);
  const data = {
    lanes: lane.reduce((most, one) => Math.max(most, one), 0) + 1,
    from: column(0),
    to: column(1),
    sent: column(2),
    received: column(3),
    lane,
  };
  Object.assign(globalThis, { data });
}

/** All volume events of a case in order of start: from, to, sent, received, and the number of the app's lane, largest sender first. */
async function intervalsOf(path: string): Promise<Buffer> {
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  try {
    const rows = await database.all<{ f: number; t: number; s: number; r: number; lane: number }>(
      `SELECT v.from_us f, v.to_us t, coalesce(v.sent, 0) s, coalesce(v.received, 0) r, l.lane
       FROM volume v JOIN series s ON s.id = v.series
         JOIN (SELECT uid, row_number() OVER (ORDER BY sent DESC) - 1 lane FROM
           (SELECT s.uid, total(v.sent) sent FROM volume v JOIN series s ON s.id = v.series GROUP BY s.uid)) l ON l.uid = s.uid
       ORDER BY v.from_us`,
    );
    const numbers = new Float64Array(rows.length * 5);
    for (const [n, { f, t, s, r, lane }] of rows.entries()) {
      for (const [column, value] of [f, t, s, r, lane].entries()) numbers[column * rows.length + n] = value;
    }
    return Buffer.from(numbers.buffer);
  } finally {
    await database.close();
  }
}

/** Until what was begun has come to rest. */
function quiet(): Promise<void> {
  return new Promise((done) => setTimeout(done, 1500));
}

function moved(browser: BareChromium, page: BarePage, area: Parameters<typeof moveHand>[1]): Promise<Frames> {
  return tracedFrames(browser, () => moveHand(page, area));
}
