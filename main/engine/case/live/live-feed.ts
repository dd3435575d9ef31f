import type { LiveSample } from '../../acquire/from-device/live/beat.ts';
import type { LiveListener } from '../../acquire/from-device/live/watch.ts';
import type { Lists } from '../../enrich/lists.ts';
import type { ClockOffset, PlanRow } from '../../model/acquisition.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Progress } from '../../ports/progress.ts';
import type { CaseDatabase } from '../../store/case-database.ts';
import { LiveLooks } from './live-looks.ts';
import { LiveRows } from './live-rows.ts';
import { LiveSight } from './live-view.ts';

const EVERY_MS = 1000;

export interface LiveFeedOptions {
  readonly database: CaseDatabase;
  readonly batch: number;
  readonly progress: Progress;
  readonly packets: boolean;
  /** Derives what the batch holds so far, to be looked at: the names of apps among it. */
  derive(): Promise<void>;
  /** What labels are made from; the same opened lists each time. */
  lists(): Promise<Lists>;
  /** Diagnostics for developers. */
  note(message: string): void;
}

/**
 * Puts what a live acquisition sees into the case file as it comes, about once a second, and tells of it. What fails here costs
 * the picture and nothing of the evidence: the rows are derived anew when all is over.
 */
export class LiveFeed implements LiveListener {
  readonly #options: LiveFeedOptions;
  readonly #waiting: (() => void)[] = [];
  #rows: LiveRows | null = null;
  #looks: LiveLooks | null = null;
  #sight: LiveSight | null = null;
  readonly #sections = new Map<string, number>();
  #pace: { readonly row: string; readonly stretch: number } | null = null;
  #hasCounters = false;
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  began(hostUs: number, offset: ClockOffset | null, rows: readonly PlanRow[]): void {
    this.#hasCounters = rows.some(({ section }) => section === 'kernel counters');
    this.#underWay = this.#start(hostUs + Math.round((offset?.offsetMs ?? 0) * 1000)).catch((error: unknown) =>
      this.#fail(error),
    );
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
  }

  async #start(startedUs: number): Promise<void> {
    const { database, batch, packets } = this.#options;
    await this.#options.derive();
    const apps = await database.all<{ uid: number; name: string }>(`SELECT uid, name FROM app`);
    const names = new Map(apps.map(({ uid, name }) => [uid, name]));
    const rows = await LiveRows.behind(database, batch, await this.#options.lists());
    const sight = new LiveSight({
      startedUs,
      counters: this.#hasCounters,
      packets,
      nameOf: (uid) => names.get(uid) ?? `uid ${uid}`,
    });
    this.#sight = sight;
    this.#looks = new LiveLooks({
      contact: (contact) => rows.contact(contact),
      growth(section, growth) {
        rows.growth(section, growth);
        sight.growth(growth);
      },
      watched: (source, stretch) => rows.watched(source, stretch),
    });
    this.#rows = rows;
    for (const held of this.#waiting.splice(0)) held();
  }

  /** What is told before the case file is ready waits in its order. */
  #when(work: () => void): void {
    if (this.#broken) return;
    if (this.#rows) work();
    else this.#waiting.push(work);
  }

  sample(sample: LiveSample, offset: ClockOffset | null): void {
    this.#when(() => {
      const { row, place, head } = sample;
      const key = `${row.id} ${place.segment}`;
      let section = this.#sections.get(key);
      if (section === undefined) {
        section = this.#rows!.segment({
          step: `live ${row.id}`,
          section: row.section,
          name: `${row.title}, watched`,
          command: head.command,
          file: place.file,
          openedUs: head.hostBeforeUs,
        });
        this.#sections.set(key, section);
      }
      const look = this.#looks!.take(sample, section, offset);
      if (!look) return;
      this.#pace ??= { row: row.id, stretch: sample.stretch };
      // The row that is asked most often sets the pace of the picture.
      if (row.section === 'proc net sockets' && this.#pace.row !== row.id)
        this.#pace = { row: row.id, stretch: sample.stretch };
      if (row.id === this.#pace.row) {
        this.#sight!.round(look.atUs, sample.stretch !== this.#pace.stretch);
        this.#pace = { row: row.id, stretch: sample.stretch };
      } else this.#sight!.look(look.atUs);
    });
  }

  segment(row: PlanRow, segment: number, evidence: Evidence): void {
    this.#when(() => {
      const key = `${row.id} ${segment}`;
      const section = this.#sections.get(key);
      if (section !== undefined) this.#rows!.kept(section, evidence);
      this.#sections.delete(key);
    });
  }

  lost(hostUs: number): void {
    this.#when(() => this.#sight!.lost(hostUs));
    this.#tell();
  }

  returned(): void {
    this.#when(() => {
      this.#sight!.state = 'watching';
    });
    this.#tell();
  }

  companionBytes(bytes: number): void {
    this.#when(() => {
      this.#sight!.packetBytes = bytes;
    });
  }

  ending(): void {
    this.#when(() => {
      this.#sight!.state = 'ending';
    });
    this.#tell();
  }

  #tick(): void {
    if (!this.#rows) return;
    const rows = this.#rows;
    // A disk that is slow, or a reader that takes long, costs beats of the picture: they do not queue.
    if (this.#writing) return;
    this.#writing = true;
    this.#underWay = rows
      .write()
      .then(() => this.#tell())
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#writing = false;
      });
  }
  #writing = false;

  #tell(): void {
    if (this.#sight) this.#options.progress.live?.(this.#sight.view(this.#looks?.openNow ?? null));
  }

  #fail(error: unknown): void {
    // Somebody reads for long: what could not be written is written with the next beat.
    if ((error as { code?: string }).code === 'case-in-use') return;
    this.#broken = true;
    this.#rows = null;
    this.#waiting.splice(0);
    this.#options.note(`The live picture ended: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** All is over: nothing more is written from here. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#underWay;
    this.#tell();
  }
}
