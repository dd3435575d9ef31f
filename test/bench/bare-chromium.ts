/**
 * A Chromium that is spoken to with as little of its protocol as a measurement needs. Drivers for tests listen to all that a page does: they
 * have every message of a WebSocket copied for their log, which takes longer than a frame where an answer is large.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumPath, quietly } from '../support/browser.ts';

type Params = Readonly<Record<string, unknown>>;
type Answer = Record<string, unknown>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

/** Whoever takes commands of Chromium's protocol. */
export interface Commanded {
  send(method: string, params?: Params): Promise<Answer>;
}

const arguments_ = [
  '--headless=new',
  '--remote-debugging-pipe',
  ...quietly,
  '--hide-scrollbars',
  '--enable-precise-memory-info',
  'about:blank',
];

export class BareChromium implements Commanded {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #to: Writable;
  readonly #waiting = new Map<number, { done: (answer: Answer) => void; failed: (why: Error) => void }>();
  readonly #heard = new Set<(message: Message) => void>();
  #last = 0;

  private constructor(child: ChildProcess, profile: string) {
    this.#child = child;
    this.#profile = profile;
    this.#to = child.stdio[3] as Writable;
    this.#listen(child.stdio[4] as Readable);
  }

  static async launch(): Promise<BareChromium> {
    const profile = await mkdtemp(join(tmpdir(), 'phonehome-chromium-'));
    const child = spawn(chromiumPath!, [...arguments_, `--user-data-dir=${profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    return new BareChromium(child, profile);
  }

  /** Messages end with a zero byte. */
  #listen(from: Readable): void {
    let parts: Buffer[] = [];
    from.on('data', (bytes: Buffer) => {
      let begin = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, begin)) {
        parts.push(bytes.subarray(begin, end));
        this.#told(JSON.parse(Buffer.concat(parts).toString('utf8')) as Message);
        parts = [];
        begin = end + 1;
      }
      parts.push(bytes.subarray(begin));
    });
  }

  #told(message: Message): void {
    const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id);
    if (!waiting) {
      for (const hear of this.#heard) hear(message);
      return;
    }
    this.#waiting.delete(message.id!);
    if (message.error) waiting.failed(new Error(message.error.message));
    else waiting.done(message.result ?? {});
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#to.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    });
  }

  async version(): Promise<string> {
    return String((await this.send('Browser.getVersion')).product).replace(/^.*\//, '');
  }

  async newPage(size: { readonly width: number; readonly height: number }): Promise<BarePage> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new BarePage(this, String(targetId), String(sessionId));
    await page.send('Page.enable');
    await page.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
    return page;
  }

  /** All events of the categories while `work` runs. */
  async traced<T>(categories: readonly string[], work: () => Promise<unknown>): Promise<T[]> {
    const events: T[] = [];
    let complete = () => {};
    const ended = new Promise<void>((done) => {
      complete = done;
    });
    const hear = ({ method, params }: Message) => {
      if (method === 'Tracing.dataCollected') for (const event of params!.value as T[]) events.push(event);
      if (method === 'Tracing.tracingComplete') complete();
    };
    this.#heard.add(hear);
    await this.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } });
    try {
      await work();
    } finally {
      await this.send('Tracing.end');
      await ended;
      this.#heard.delete(hear);
    }
    return events;
  }

  async close(): Promise<void> {
    const gone = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill();
    await gone;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One page of it. */
export class BarePage implements Commanded {
  readonly #browser: BareChromium;
  readonly #target: string;
  readonly #session: string;

  constructor(browser: BareChromium, target: string, session: string) {
    this.#browser = browser;
    this.#target = target;
    this.#session = session;
  }

  send(method: string, params: Params = {}): Promise<Answer> {
    return this.#browser.send(method, params, this.#session);
  }

  /** Runs a function in the page before anything of its own. It sees nothing from outside. */
  async before(run: () => void): Promise<void> {
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${run})()` });
  }

  /** Runs a function or a script in the page; promises are waited for, answers must be data. */
  async evaluate<T>(run: (() => T | Promise<T>) | string): Promise<T> {
    const expression = typeof run === 'string' ? run : `(${run})()`;
    const params = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', params);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails).slice(0, 500));
    return (result as { value: T }).value;
  }

  /** Goes to an address and waits until the selector is there, looking twenty times a second. */
  async open(address: string, selector: string): Promise<void> {
    await this.send('Page.navigate', { url: address });
    for (;;) {
      const there = await this.evaluate<boolean>(`!!document.querySelector(${JSON.stringify(selector)})`).catch(
        () => false,
      );
      if (there) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Where an element stands, CSS pixels. */
  box(selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.evaluate(
      `(({ x, y, width, height }) => ({ x, y, width, height }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`,
    );
  }

  /** Presses the left button of a mouse in the middle of an element. */
  async press(selector: string): Promise<void> {
    const { x, y, width, height } = await this.box(selector);
    const at = { x: x + width / 2, y: y + height / 2, button: 'left', clickCount: 1 };
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: at.x, y: at.y });
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    await this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#target });
  }
}
