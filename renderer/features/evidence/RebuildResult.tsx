import { X } from 'lucide-react';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import { Box } from '../../ui/Box.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { putRebuildAway, type Run } from './checks.ts';
import { Working } from './Working.tsx';

/** What came of reading the evidence anew. */
export function RebuildResult({ run, caseId }: { run: Run<ImportOutcome> | null; caseId: string }) {
  if (run === null) return null;
  if (run.running) return <Working kind="rebuild" caseId={caseId} title="Rebuilding from the evidence" />;
  return (
    <div className="result">
      {run.failure === null ? null : <FailureBox failure={run.failure} />}
      {run.outcome === null ? null : (
        <Box tone="good" live title="The case was rebuilt from its evidence.">
          <p>
            {groupedNumber(run.outcome.events)} events, {groupedNumber(run.outcome.warnings)} warnings. No evidence file
            was touched.
          </p>
        </Box>
      )}
      <IconButton label="Put the result away" icon={<X className="icon" />} onPress={putRebuildAway} />
    </div>
  );
}
