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

const over = (state: StepView['state']) => state !== 'waiting' && state !== 'running';

function lines(terminal: Terminal): ShownProgress {
  const told = new Set<string>();
  let last = '';
  let stepped = false;
  return {
    progress: {
      steps(steps) {
        stepped = true;
        for (const step of steps) {
          if (!over(step.state) || told.has(step.id)) continue;
          told.add(step.id);
          terminal.err(`${plainLine(stepLine(step))}\n`);
        }
      },
      now(phrase) {
        // Work that names its steps is told by them; a count inside a phrase is no new step.
        const kind = phrase.replaceAll(/\d+/g, '');
        if (stepped || kind === last) return;
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
  return `${step.title}: ${step.state}${size}, ${(step.ms / 1000).toFixed(1)} s${note}`;
}
