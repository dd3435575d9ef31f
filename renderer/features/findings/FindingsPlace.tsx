import { Flag } from 'lucide-react';
import { useEffect } from 'react';
import { limitsInList } from '../../../shared/text/finding-limits.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { useLoad } from '../../state/use-load.ts';
import { useZone } from '../../state/zone.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { EventPanel } from '../evidence/EventPanel.tsx';
import { FindingActs } from './FindingActs.tsx';
import { FindingCard } from './FindingCard.tsx';
import './findings.css';

const noLimits = { said: [], asIn: null };

/** What the rules propose and the examiner made, in the examiner's order: accepted, rejected, withdrawn, never deleted. */
export function FindingsPlace({ caseId }: { caseId: string }) {
  const view = useAddress((address) => address.view);
  const zone = useZone();
  const revision = useCase((state) => state.revision);
  const readOnly = useCase((state) => state.view?.readOnly === true);
  const findings = useLoad(`findings ${caseId}`, () => bridge().client.findings.list({ case: caseId }), revision);
  const list = findings.data ?? [];
  // What is put aside shows no limits, so none may be referred to there.
  const shown = list.filter(({ state }) => state !== 'rejected' && state !== 'withdrawn');
  const limits = new Map(limitsInList(shown).map((one, at) => [shown[at]!.key, one]));
  const wanted = list.find(({ id, key }) => view.finding !== undefined && [id, key].includes(view.finding))?.id;
  // A way that leads to one of them ends at it.
  useEffect(() => {
    if (wanted !== undefined) document.getElementById(`finding-${wanted}`)?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  if (findings.failure !== null) {
    return (
      <div className="place-words">
        <FailureBox failure={findings.failure} onAgain={findings.again} />
      </div>
    );
  }
  if (findings.data?.length === 0) {
    return (
      <EmptyPlace
        icon={<Flag className="icon" />}
        title="There is no finding yet"
        act={<Button onPress={() => go('timeline')}>Look at the timeline</Button>}
      >
        {readOnly
          ? 'This case is read-only where it lies: no finding can be made in it.'
          : 'Select a stretch of the timeline and make a finding of it: its sums, its events and the picture are kept.'}{' '}
        Rules propose one where the counters show something that calls for an explanation, such as an optional service
        that sends in the background. None of them applies to what this case holds.
      </EmptyPlace>
    );
  }
  return (
    <>
      <header className="tools">
        <h1>Findings</h1>
        <p className="quiet">
          {readOnly
            ? 'This case is read-only where it lies: nothing can be made, changed or decided of here.'
            : 'Your own, and what rules propose from what the phone counted. A proposal is a question to look into, not a conclusion.'}
        </p>
      </header>
      <div className="beside">
        <div className="page">
          <ol className="findings" aria-label="Findings">
            {list.map((finding, at) => (
              <li key={finding.key}>
                <FindingCard
                  caseId={caseId}
                  finding={finding}
                  limits={limits.get(finding.key) ?? noLimits}
                  zone={zone}
                  chosen={view.event ?? null}
                  onEvent={(event) => setView({ ...view, event })}
                >
                  <FindingActs
                    caseId={caseId}
                    finding={finding}
                    place={at}
                    count={list.length}
                    readOnly={readOnly}
                    onChanged={findings.again}
                  />
                </FindingCard>
              </li>
            ))}
          </ol>
        </div>
        {view.event === undefined ? null : (
          <EventPanel caseId={caseId} eventId={view.event} onClose={() => setView({ ...view, event: '' })} />
        )}
      </div>
    </>
  );
}
