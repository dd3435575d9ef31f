import type { Contract } from '../../shared/contract/contract.ts';
import type { Client } from '../../shared/contract/derive.ts';

export type AppClient = Client<Contract>;

/** Whether the program behind the window can be reached. `lost` tries again by itself; `sentence` is for a person. */
export interface LinkState {
  readonly state: 'connected' | 'connecting' | 'lost';
  readonly sentence: string | null;
}

/** All that the window knows of the world outside of its page. Calls reject with `Failure`. */
export interface Bridge {
  readonly shell: 'electron' | 'web' | 'test';
  readonly client: AppClient;
  /** Paths, on the engine's machine, of files that a person dropped or chose; `onBytes` tells how far a transfer is. */
  pathsOf(files: readonly File[], onBytes?: (done: number, all: number) => void): Promise<string[]>;
  /** Calls back at once and with every change; returns its own end. */
  onLink(listener: (link: LinkState) => void): () => void;
}

let current: Bridge | null = null;

/** Set once by main.tsx, and by tests. */
export function setBridge(bridge: Bridge): void {
  current = bridge;
}

/** The bridge of this window: `bridge().client.events.detail({ case, id })`. */
export function bridge(): Bridge {
  if (!current) throw new Error('The bridge was asked for before main.tsx had set it');
  return current;
}
