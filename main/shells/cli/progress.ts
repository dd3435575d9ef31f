import cliProgress from 'cli-progress';
import { humanBytes } from '../../../shared/base/bytes.ts';
import type { StepView } from '../../../shared/types/task.ts';
import type { Progress } from '../../engine/ports/progress.ts';
import { plainLine } from './answer.ts';
import type { Terminal } from './terminal.ts';

export interface ShownProgress {
  readonly progress: Progress;
  /** Takes the bar away. */
  end(): void;
}

/** A bar on a terminal, one line a step elsewhere, nothing when it is to be quiet. All on standard error. */
export function showProgress(terminal: Terminal, quiet: boolean): ShownProgress {
  if (quiet) return { progress: { steps() {}, now() {} }, end() {} };
  return terminal.live ? bar() : lines(terminal);
}

function bar(): ShownProgress {
  const shown = new cliProgress.SingleBar(
    {
      format: '{bar} {share}  {phrase}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      etaBuffer: 1,
      gracefulExit: true,
    },
    cliProgress.Presets.rect,
  );
  let at = 0;
  shown.start(1000, 0, { share: '', phrase: 'Starting' });
  return {
    progress: {
      steps() {},
      now(phrase, fraction) {
        if (fraction !== null) at = Math.round(fraction * 1000);
        const share = fraction === null ? '' : `${Math.floor(fraction * 100)} %`.padStart(5);
        shown.update(at, { share, phrase: plainLine(phrase) });
      },
    },
    end: () => shown.stop(),
  };
}

/** What is said between the steps of an acquisition: a phone that went and came back. */
const beside = /^(?:The (?:cable|connection|phone)\b|Watching\b)/;

const over = (state: StepView['state']) => state !== 'waiting' && state !== 'running';

function lines(terminal: Terminal): ShownProgress {
  const told = new Map<string, StepView['state']>();
  let last = '';
  let stepped = false;
  return {
    progress: {
      steps(steps) {
        stepped = true;
        for (const step of steps) {
          // A step that is asked again, after a loss, is told again where it ends otherwise.
          if (!over(step.state) || told.get(step.id) === step.state) continue;
          told.set(step.id, step.state);
          last = '';
          terminal.err(`${plainLine(stepLine(step))}\n`);
        }
      },
      now(phrase) {
        // Work that names its steps is told by them, and in between only what is no step; a count inside a phrase is no new one.
        const kind = phrase.replaceAll(/\d+/g, '');
        if (kind === last || (stepped && !beside.test(phrase))) return;
        last = kind;
        terminal.err(`${plainLine(phrase)}\n`);
      },
    },
    end() {},
  };
}

function stepLine(step: StepView): string {
  const size = step.bytes > 0 ? `, ${humanBytes(step.bytes)}` : '';
  const note = step.note === null ? '' : `: ${step.note}`;
  // What was never begun took no time.
  const time = step.ms > 0 ? `, ${(step.ms / 1000).toFixed(1)} s` : '';
  return `${step.title}: ${step.state}${size}${time}${note}`;
}
