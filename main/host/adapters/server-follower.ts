import { setTimeout as wait } from 'node:timers/promises';
import { adbRefusesAdvice } from '../../../shared/text/adb-advice.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { BridgeView } from '../../../shared/types/device.ts';
import { AdbClient, type PhoneChanges } from './adb-client.ts';
import type { FoundAdb } from './adb-finder.ts';
import type { Environment } from './adb-places.ts';
import { ensureServer, withProblem } from './adb-server.ts';
import type { ServerDeaths } from './server-deaths.ts';

const refreshMs = 750;
/** A server that has just started looks for phones for up to three seconds before its first list. */
const firstListMs = 8000;
const retryPausesMs = [250, 500, 1000, 2000, 3000];
/** How long somebody else's server is waited for after one ended: a moment, and longer where servers end again and again. */
const graceMs = 800;
const troubledGraceMs = 5000;

export interface FollowOptions {
  readonly port: number;
  readonly platform: string;
  /** An adb server that is started gets it. */
  readonly environment: Environment;
  readonly deaths: ServerDeaths;
  readonly closing: AbortSignal;
  /** Looks for the adb program; asked anew each time, since people install it meanwhile. */
  find(): FoundAdb;
  /** How adb itself stands. */
  published(view: BridgeView): void;
  changed(changes: PhoneChanges, view: BridgeView): void;
  /** Asked again and again: adb's own list may be behind. */
  refresh(): void;
  /** The server is gone, and its phones with it. */
  cleared(): void;
}

/** Finds an adb server, follows its list of phones until it dies, and begins again, until closed. */
export class ServerFollower {
  readonly #options: FollowOptions;
  #readySince = 0;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Since when the server of now is followed, milliseconds; 0 before the first. */
  get readySince(): number {
    return this.#readySince;
  }

  async run(): Promise<void> {
    const { port, platform, environment, deaths, closing } = this.#options;
    let failures = 0;
    while (!closing.aborted) {
      const grace = deaths.trouble(Date.now()) ? troubledGraceMs : this.#readySince > 0 ? graceMs : 0;
      const view = await ensureServer(port, this.#options.find(), platform, environment, grace);
      if (closing.aborted) break;
      if (view.state !== 'ready') this.#options.published(view);
      else {
        this.#readySince = Date.now();
        const refusal = await this.#track(view);
        this.#options.cleared();
        if (closing.aborted) break;
        if (refusal === null) {
          failures = 0;
          deaths.died(Date.now(), view.version);
          const { adbPath, version } = view;
          this.#options.published({ state: 'starting', adbPath, version, advice: null });
        } else this.#options.published(this.#refused(view, refusal));
      }
      const pause = retryPausesMs[Math.min(failures, retryPausesMs.length - 1)];
      await wait(pause, undefined, { signal: closing }).catch(() => {});
      failures += 1;
    }
  }

  #refused({ adbPath, version }: BridgeView, refusal: string): BridgeView {
    const { platform, port } = this.#options;
    const advice = adbRefusesAdvice(version, plainText(refusal));
    return withProblem({ state: 'failed', adbPath, version }, 'server-refuses', advice, platform, port);
  }

  /** Follows the list until the server is gone (null), or says why there is no list to follow. */
  async #track(view: BridgeView): Promise<string | null> {
    const { port, closing } = this.#options;
    const client = new AdbClient(port);
    const over = Promise.withResolvers<string | null>();
    let lists = 0;
    const ended = () => over.resolve(lists > 0 || closing.aborted ? null : 'it hung up');
    const stop = () => {
      client.end();
      ended();
    };
    closing.addEventListener('abort', stop, { once: true });
    const firstList = setTimeout(() => over.resolve('it does not answer'), firstListMs);
    const refreshing = setInterval(() => this.#options.refresh(), refreshMs);
    const tracking = client.track((changes) => {
      lists += 1;
      clearTimeout(firstList);
      this.#options.changed(changes, view);
    }, ended);
    tracking.catch((error) => {
      const words = error instanceof Error ? error.message : String(error);
      over.resolve(words.replace(/^Failure: '(.*)'$/s, '$1'));
    });
    try {
      return await over.promise;
    } finally {
      clearTimeout(firstList);
      clearInterval(refreshing);
      closing.removeEventListener('abort', stop);
      client.end();
    }
  }
}
