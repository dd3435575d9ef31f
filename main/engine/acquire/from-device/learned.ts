import type { ClockOffset } from '../../model/acquisition.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Returned } from './comeback.ts';
import type { EarlierAcquisition } from './earlier.ts';
import { bugreportIn, propertiesOf, sdkOf } from './phone-says.ts';
import { bootIdIn, type PhoneStart, startedAnew } from './phone-start.ts';
import { usersIn } from './phone-users.ts';
import type { Task } from './step-board.ts';
import type { TaskOutcome } from './task-types.ts';

/** How the sentences about a phone that was started anew begin. */
export const restartWords = 'The phone was started anew';

/** What the answers said that later steps and the outcome need: who the phone is, its users, its clock, its start. */
export class Learned {
  properties: Readonly<Record<string, string>> = {};
  users = usersIn('');
  offsetBefore: ClockOffset | null = null;
  offsetAfter: ClockOffset | null = null;
  /** The last comparison of the clocks: it stands with all evidence from then on. */
  offset: ClockOffset | null = null;
  start: PhoneStart = { bootId: null, offset: null };
  /** What stands for names in braces in the plan's lines, besides the user. */
  readonly words = new Map<string, string>();
  readonly notes: string[] = [];
  readonly #keep: EvidenceKeeper;
  readonly #earlier: EarlierAcquisition | null;

  constructor(keep: EvidenceKeeper, earlier: EarlierAcquisition | null) {
    this.#keep = keep;
    this.#earlier = earlier;
  }

  get sdk(): number | null {
    return sdkOf(this.properties);
  }

  /** Takes what an answer says. A half answer teaches less than a whole one that came before it. */
  async take({ row }: Task, outcome: TaskOutcome, compared: ClockOffset | null): Promise<void> {
    switch (row.id) {
      case 'getprop':
        this.properties = { ...this.properties, ...propertiesOf(outcome.head) };
        break;
      case 'clock before':
        this.offsetBefore = compared;
        this.offset = compared;
        this.start = { ...this.start, offset: compared };
        await this.#compareStarts();
        break;
      case 'clock after':
        this.offsetAfter = compared;
        break;
      case 'boot id':
        this.start = { ...this.start, bootId: outcome.state === 'complete' ? bootIdIn(outcome.head) : null };
        await this.#compareStarts();
        break;
      case 'users': {
        const said = usersIn(outcome.head);
        if (said.listed || !this.users.listed) this.users = said;
        break;
      }
      case 'bugreport': {
        const path = bugreportIn(outcome.head);
        if (path !== null) this.words.set('bugreport', path);
        break;
      }
    }
  }

  /** The phone came back after it had gone in the middle of these tasks. */
  cameBack(back: Returned, tasks: readonly Task[]): void {
    this.offset = back.offset ?? this.offset;
    if (back.startedAnew === true) {
      const where = tasks.map(({ title }) => `“${title}”`).join(', ');
      this.notes.push(
        `${restartWords} while the connection was lost, in ${where}: what was read before that is of the start before.`,
      );
    }
    this.start = { bootId: back.start.bootId ?? this.start.bootId, offset: back.start.offset ?? this.start.offset };
  }

  /** Says it, in the log too, when the phone was started anew since the acquisition that this one goes on with. */
  async #compareStarts(): Promise<void> {
    const earlier = this.#earlier;
    const anew = earlier && startedAnew(earlier.start, this.start);
    if (!anew || this.notes.some((note) => note.startsWith(restartWords))) return;
    this.notes.push(`${restartWords} since acquisition ${earlier.batch}, with which this one goes on.`);
    await this.#keep.log('phone.restarted', { since: earlier.batch, before: earlier.start, now: this.start });
  }
}
