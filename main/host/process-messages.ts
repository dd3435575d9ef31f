import type { News, Reply, Request } from '../../shared/contract/derive.ts';
import type { Shell } from './host-context.ts';

/** What the engine's process is told when it starts. Paths are absolute. */
export interface EngineSettings {
  readonly shell: Shell;
  readonly version: string;
  /** The folder of data that ships with the program. */
  readonly resources: string;
}

export type ToEngine =
  | { readonly is: 'start'; readonly settings: EngineSettings }
  | { readonly is: 'request'; readonly request: Request }
  | { readonly is: 'stop' };

export type FromEngine =
  | { readonly is: 'ready' }
  | { readonly is: 'reply'; readonly reply: Reply }
  | { readonly is: 'news'; readonly news: News };
