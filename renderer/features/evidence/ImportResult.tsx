import { X } from 'lucide-react';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import { putImportAway, useImports } from '../../state/imports.ts';
import { groupedNumber } from '../../timeline/formats.ts';
import { Box } from '../../ui/Box.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Working } from './Working.tsx';

function count(n: number, one: string, many: string): string {
  return n === 1 ? `one ${one}` : `${groupedNumber(n)} ${many}`;
}

/** One sentence on what an import brought. */
export function importSentence(outcome: ImportOutcome): string {
  const fresh = outcome.evidence.filter((file) => !file.already).length;
  const known = outcome.evidence.length - fresh;
  const parts: string[] = [];
  if (fresh > 0) parts.push(`${count(fresh, 'file was', 'files were')} added`);
  if (known > 0) parts.push(`${count(known, 'file was', 'files were')} in the case already and added nothing`);
  if (parts.length === 0) return 'Nothing was added.';
  const text = parts.join('; ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

/** An import under way, or what came of the last one. */
export function ImportResult({ caseId }: { caseId: string }) {
  const { caseId: of, running, outcome, failure } = useImports();
  if (of !== caseId) return null;
  if (running) return <Working kind="import" caseId={caseId} title="Adding files" />;
  const close = <IconButton label="Put the result away" icon={<X className="icon" />} onPress={putImportAway} />;
  if (failure !== null) {
    return (
      <div className="result">
        <FailureBox failure={failure} />
        {close}
      </div>
    );
  }
  if (outcome === null) return null;
  const unread = outcome.evidence.filter((file) => file.sections.length === 0 && !file.already);
  const tone = outcome.failures.length > 0 ? 'warn' : 'good';
  return (
    <div className="result">
      <Box tone={tone} live title={importSentence(outcome)}>
        <p>
          The case now gained {count(outcome.events, 'event', 'events')} and{' '}
          {count(outcome.warnings, 'warning', 'warnings')}.
        </p>
        {unread.length > 0 ? (
          <p>Not recognised, kept as evidence: {unread.map((file) => file.name).join(', ')}.</p>
        ) : null}
        {outcome.failures.length > 0 ? (
          <ul className="result-list">
            {outcome.failures.map((entry) => (
              <li key={entry.path}>{entry.message}</li>
            ))}
          </ul>
        ) : null}
      </Box>
      {close}
    </div>
  );
}
