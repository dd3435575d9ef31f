import { humanBytes } from '../../../shared/base/bytes.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import { plainLine, table } from './answer.ts';
import { type Exit, exits, type Terminal } from './terminal.ts';

/** What an import or a rebuild took, for people. */
export function readableImport(outcome: ImportOutcome): string {
  const rows = table(
    outcome.evidence,
    [
      { title: 'EVIDENCE', of: (one) => one.id },
      { title: 'NAME', of: (one) => one.name },
      { title: 'SIZE', of: (one) => humanBytes(one.bytes), right: true },
      { title: 'SHA-256', of: (one) => one.sha256 },
      {
        title: 'SECTIONS',
        of: (one) => (one.already ? 'already in the case' : one.sections.join(', ') || 'kept, not recognised'),
      },
    ],
    'Nothing was taken.',
  );
  return `${rows}${outcome.events} events, ${outcome.warnings} warnings\n`;
}

/** One sentence for every path that could not be taken. */
export function tellFailures(terminal: Terminal, outcome: ImportOutcome): void {
  for (const failure of outcome.failures) terminal.err(`${plainLine(failure.message)}\n`);
}

/** 0: all was taken. 1: some was. 3: nothing was. */
export function importExit(outcome: ImportOutcome): Exit {
  if (outcome.failures.length === 0) return exits.done;
  return outcome.evidence.length === 0 ? exits.failed : exits.partly;
}
