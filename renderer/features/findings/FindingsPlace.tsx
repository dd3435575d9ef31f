import { Flag } from 'lucide-react';
import { type MouseEvent, useState } from 'react';
import { type LimitsInList, limitsInList } from '../../../shared/text/finding-limits.ts';
import type { FindingView } from '../../../shared/types/summary.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { EventPanel } from '../evidence/EventPanel.tsx';
import './findings.css';

const stateChips: Readonly<Record<FindingView['state'], readonly [className: string, text: string]>> = {
  open: ['chip', 'proposed'],
  accepted: ['chip chip-good', 'accepted'],
  rejected: ['chip chip-quiet', 'rejected'],
  withdrawn: ['chip chip-quiet', 'withdrawn'],
};
const mostEvents = 6;
/** Longer limits begin folded; their first lines always show. */
const longLimits = 320;

interface CardProps {
  readonly finding: FindingView;
  readonly limits: LimitsInList;
  readonly chosen: string | null;
  readonly onEvent: (id: string) => void;
}

/** The address of the window is the program's own, so the place on the page is not put there. */
function showFinding(click: MouseEvent, id: string | null) {
  click.preventDefault();
  document.getElementById(`finding-${id}`)?.scrollIntoView({ block: 'start' });
}

function FindingCard({ finding, limits, chosen, onEvent }: CardProps) {
  const [className, text] = stateChips[finding.state];
  const long = limits.said.join('').length > longLimits;
  const [folded, setFolded] = useState(long);
  return (
    <article className="card finding" aria-labelledby={`finding-${finding.id}`}>
      <header className="finding-head">
        <h2 id={`finding-${finding.id}`}>{finding.title}</h2>
        <span className={className}>{text}</span>
      </header>
      <p>{finding.text}</p>
      <div className="finding-limits">
        <h3>What this does not show</h3>
        {limits.said.length === 0 ? null : (
          <div className={folded ? 'finding-folded' : undefined}>
            {limits.said.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        )}
        {limits.asIn === null ? null : (
          <p className="quiet">
            {limits.said.length === 0 ? 'The same as with' : 'Besides, the same as with'}{' '}
            <a href={`#finding-${limits.asIn}`} onClick={(click) => showFinding(click, limits.asIn)}>
              the first finding of this rule
            </a>
            .
          </p>
        )}
        {long ? (
          <button
            type="button"
            className="finding-more"
            aria-expanded={!folded}
            aria-label={`${folded ? 'Show' : 'Fold'} all limits of ${finding.title}`}
            onClick={() => setFolded(!folded)}
          >
            {folded ? 'Show all of it' : 'Show less'}
          </button>
        ) : null}
      </div>
      <footer className="finding-foot">
        <span className="faint">{finding.rule === null ? 'Written by the examiner' : `Rule ${finding.rule}`}</span>
        <span className="finding-events">
          <span className="quiet">{finding.events.length === 1 ? 'Event' : 'Largest events'}</span>
          {finding.events.slice(0, mostEvents).map((id) => (
            <button
              key={id}
              type="button"
              className="chip finding-event"
              aria-pressed={chosen === id}
              aria-label={`Event ${id}`}
              onClick={() => onEvent(id)}
            >
              {id}
            </button>
          ))}
          {finding.events.length > mostEvents ? (
            <span className="faint">and {finding.events.length - mostEvents} more</span>
          ) : null}
        </span>
      </footer>
    </article>
  );
}

/** What the rules propose, each with its reason, its limits and the events that it cites. */
export function FindingsPlace({ caseId }: { caseId: string }) {
  const view = useAddress((address) => address.view);
  const revision = useCase((state) => state.revision);
  const findings = useLoad(`findings ${caseId}`, () => bridge().client.findings.list({ case: caseId }), revision);
  const list = findings.data ?? [];
  const limits = limitsInList(list);
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
        title="Nothing is proposed"
        act={<Button onPress={() => go('timeline')}>Look at the timeline</Button>}
      >
        Rules propose a finding where the counters show something that calls for an explanation, such as an optional
        service that sends in the background. None of them applies to what this case holds.
      </EmptyPlace>
    );
  }
  return (
    <>
      <header className="tools">
        <h1>Findings</h1>
        <p className="quiet">
          Proposed by rules from what the phone counted. A proposal is a question to look into, not a conclusion.
        </p>
      </header>
      <div className="beside">
        <div className="page">
          <div className="findings">
            {list.map((finding, at) => (
              <FindingCard
                key={finding.id}
                finding={finding}
                limits={limits[at]!}
                chosen={view.event ?? null}
                onEvent={(event) => setView({ ...view, event })}
              />
            ))}
          </div>
        </div>
        {view.event === undefined ? null : (
          <EventPanel caseId={caseId} eventId={view.event} onClose={() => setView({ ...view, event: '' })} />
        )}
      </div>
    </>
  );
}
