import { X } from 'lucide-react';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { VerifyOutcome } from '../../../shared/types/outcome.ts';
import { Box } from '../../ui/Box.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { putVerifyAway, type Run } from './checks.ts';
import { Working } from './Working.tsx';

/** What a verification found: all well, or each thing that differs with what was expected and what stands there. */
export function VerifyResult({ run, caseId }: { run: Run<VerifyOutcome> | null; caseId: string }) {
  if (run === null) return null;
  if (run.running) return <Working kind="verify" caseId={caseId} title="Verifying" />;
  const close = <IconButton label="Put the result away" icon={<X className="icon" />} onPress={putVerifyAway} />;
  if (run.failure !== null) {
    return (
      <div className="result">
        <FailureBox failure={run.failure} />
        {close}
      </div>
    );
  }
  if (run.outcome === null) return null;
  const { ok, checked, failures, signature, notes } = run.outcome;
  const said = [...(signature ? [signature.said] : []), ...(notes ?? [])].map((text) => <p key={text}>{text}</p>);
  return (
    <div className="result">
      {ok ? (
        <Box tone="good" live title="Verified: everything is as it was received.">
          <p>
            {groupedNumber(checked)} things were checked: every evidence file against its hash, the custody log line by
            line, and the reports. Ended <Moment iso={run.at} exact />.
          </p>
          {said}
        </Box>
      ) : (
        <Box
          tone="bad"
          live
          title={
            failures.length === 1
              ? 'One thing is not as it was received.'
              : `${failures.length} things are not as they were received.`
          }
        >
          <p>
            The other {groupedNumber(Math.max(0, checked - failures.length))} agree. Work on a copy, and compare with
            another copy of the case before relying on what differs.
          </p>
          <table className="list">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Expected</th>
                <th scope="col">Found</th>
              </tr>
            </thead>
            <tbody>
              {failures.map((entry) => (
                <tr key={`${entry.what} ${entry.expected}`}>
                  <td>{entry.what}</td>
                  <td>
                    <code>{entry.expected}</code>
                  </td>
                  <td>
                    <code>{entry.found}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {said}
        </Box>
      )}
      {close}
    </div>
  );
}
