import { X } from 'lucide-react';
import { go } from '../../state/address-store.ts';
import { putImportAway, useImports } from '../../state/imports.ts';
import { Box } from '../../ui/Box.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { count, importSentence } from './import-sentence.ts';
import { Working } from './Working.tsx';

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
        {outcome.evidence.length > 0 ? (
          <p>
            Read from it: {count(outcome.events, 'event', 'events')}, {count(outcome.warnings, 'warning', 'warnings')}.
          </p>
        ) : (
          <p>The case is as it was.</p>
        )}
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
        {outcome.events > 0 ? (
          <p className="box-act">
            <Button onPress={() => go('timeline')}>See the timeline</Button>
          </p>
        ) : null}
      </Box>
      {close}
    </div>
  );
}
