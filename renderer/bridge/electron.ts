import { contract } from '../../shared/contract/contract.ts';
import { createClient, type Reply, type Wire } from '../../shared/contract/derive.ts';
import type { Bridge } from './bridge.ts';
import { failureOf } from './failures.ts';

/** What the preload script puts on `window.phonehome`. */
export interface PreloadWire extends Wire {
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly phonehome?: PreloadWire;
  }
}

/** Errors lose all but their message between Electron's worlds, so the preload may hand over the reply itself. */
function isReply(value: unknown): value is Reply {
  if (typeof value !== 'object' || value === null) return false;
  const reply = value as { ok?: unknown };
  return (reply.ok === true && 'value' in value) || (reply.ok === false && 'error' in value);
}

/** The bridge inside Electron's window, over the wire that the preload script gives. */
export function electronBridge(preload: PreloadWire): Bridge {
  const wire: Wire = {
    async request(group, name, args) {
      let answer: unknown;
      try {
        answer = await preload.request(group, name, args);
      } catch (thrown) {
        throw failureOf(thrown);
      }
      if (!isReply(answer)) return answer;
      if (!answer.ok) throw failureOf(answer.error);
      return answer.value;
    },
    listen: (group, name, listener) => preload.listen(group, name, listener),
  };
  return {
    shell: 'electron',
    client: createClient(contract, wire),
    async pathsOf(files) {
      return files.map((file) => preload.pathOf(file)).filter((path) => path !== '');
    },
    onLink(listener) {
      listener({ state: 'connected', sentence: null });
      return () => {};
    },
  };
}
