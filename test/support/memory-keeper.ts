import { createHash } from 'node:crypto';
import type { Evidence, Origin } from '../../main/engine/model/evidence.ts';
import type { CopySource, EvidenceKeeper, KeptFacts, OpenEvidence } from '../../main/engine/ports/evidence-keeper.ts';
import { readAhead } from '../../shared/base/read-ahead.ts';
import { isoOf } from '../../shared/base/time.ts';

type What = { readonly name: string; readonly origin: Origin; readonly section: string | null };
type CommandOrigin = Extract<Origin, { kind: 'command' }>;

/** One piece of evidence as it was kept, with its bytes and its section. */
export interface KeptInMemory extends Evidence {
  readonly content: Buffer;
  readonly section: string | null;
  readonly command: CommandOrigin;
}

/** A keeper that keeps in memory, for tests. `onWrite` may fail as a disk would. */
export class MemoryKeeper implements EvidenceKeeper {
  readonly kept: KeptInMemory[] = [];
  readonly logged: { readonly action: string; readonly details: Readonly<Record<string, unknown>> }[] = [];
  stillOpen = 0;
  onWrite: (what: What, chunk: Uint8Array) => Promise<void> | void = () => {};

  async open(what: What): Promise<OpenEvidence> {
    const chunks: Buffer[] = [];
    const keeper = this;
    keeper.stillOpen += 1;
    const digest = () => createHash('sha256').update(Buffer.concat(chunks)).digest('hex');
    return {
      get bytes() {
        return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      },
      async write(chunk) {
        await keeper.onWrite(what, chunk);
        chunks.push(Buffer.from(chunk));
      },
      async *copy(source: CopySource) {
        for await (const piece of readAhead(source)) {
          await keeper.onWrite(what, piece);
          chunks.push(Buffer.from(piece));
          yield piece;
        }
      },
      sha256: async () => digest(),
      async discard() {
        keeper.stillOpen -= 1;
      },
      async finish(facts: KeptFacts) {
        keeper.stillOpen -= 1;
        const content = Buffer.concat(chunks);
        const evidence: KeptInMemory = {
          id: `E${keeper.kept.length + 1}`,
          batch: 1,
          sha256: digest(),
          bytes: content.length,
          name: what.name,
          origin: what.origin,
          command: what.origin as CommandOrigin,
          section: facts.section === undefined ? what.section : facts.section,
          state: facts.state,
          exit: facts.exit,
          hostBefore: isoOf(facts.hostBeforeUs),
          hostAfter: isoOf(facts.hostAfterUs),
          offsetMs: facts.offsetMs ?? null,
          offsetErrorMs: facts.offsetErrorMs ?? null,
          content,
        };
        keeper.kept.push(evidence);
        return evidence;
      },
    };
  }

  async log(action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    this.logged.push({ action, details });
  }
}
