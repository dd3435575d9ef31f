const windowMs = 60_000;
const tooMany = 3;

/** How often the adb server was ended lately, and which versions of it were seen. */
export interface ServerTrouble {
  readonly times: number;
  readonly seconds: number;
  /** In the order in which they were first seen. */
  readonly versions: readonly string[];
}

/**
 * Keeps count of the ends of the adb server. One end is nothing: somebody ran `kill-server`. Three within a minute are a
 * program that fights over it, or a server that crashes. Times are milliseconds of any clock that does not go back.
 */
export class ServerDeaths {
  #deaths: { readonly at: number; readonly version: string | null }[] = [];

  died(at: number, version: string | null): void {
    this.#deaths.push({ at, version });
    this.#deaths = this.#deaths.filter((one) => at - one.at < windowMs).slice(-1000);
  }

  /** What to say at this time, or null. */
  trouble(at: number): ServerTrouble | null {
    const lately = this.#deaths.filter((one) => at - one.at < windowMs);
    const [first, last] = [lately[0], lately.at(-1)];
    if (!first || !last || lately.length < tooMany) return null;
    const versions = new Set(lately.map(({ version }) => version).filter((version) => version !== null));
    return {
      times: lately.length,
      seconds: Math.max(1, Math.round((last.at - first.at) / 1000)),
      versions: [...versions],
    };
  }
}
