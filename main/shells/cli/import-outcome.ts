import { humanBytes } from '../../../shared/base/bytes.ts';
import { grouped } from '../../../shared/base/grouped.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import { plainLine, table } from './answer.ts';
import { type Exit, exits, type Terminal } from './terminal.ts';

/** A bugreport has hundreds of sections: a table names the first, JSON all. */
const SHOWN_SECTIONS = 8;

function sectionNames(sections: readonly string[]): string {
  if (sections.length === 0) return 'kept, not recognised';
  const more = sections.length - SHOWN_SECTIONS;
  return `${sections.slice(0, SHOWN_SECTIONS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What an import or a rebuild took, for people. A rebuild's evidence is all in the case `already`. */
export function readableImport(outcome: ImportOutcome, already: 'said' | 'meant' = 'said'): string {
  const rows = table(
    outcome.evidence,
    [
      { title: 'EVIDENCE', of: (one) => one.id },
      { title: 'NAME', of: (one) => one.name },
      { title: 'SIZE', of: (one) => humanBytes(one.bytes), right: true },
      { title: 'SHA-256', of: (one) => one.sha256 },
      {
        title: 'SECTIONS',
        of: (one) => (one.already && already === 'said' ? 'already in the case' : sectionNames(one.sections)),
      },
    ],
    'Nothing was taken.',
  );
  return `${rows}${grouped(outcome.events)} events, ${grouped(outcome.warnings)} warnings\n`;
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
