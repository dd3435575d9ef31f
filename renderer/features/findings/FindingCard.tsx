import { type MouseEvent, type ReactNode, useState } from 'react';
import type { LimitsInList } from '../../../shared/text/finding-limits.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { FindingView } from '../../../shared/types/finding.ts';
import { Hash } from '../../ui/Hash.tsx';
import { CitedTable } from './CitedTable.tsx';
import { marksOf, stateChip } from './finding-words.ts';
import { KeptPicture } from './KeptPicture.tsx';
import { TotalsPart } from './TotalsPart.tsx';

const mostEvents = 6;
/** Longer limits begin folded; their first lines always show. */
const longLimits = 320;

interface CardProps {
  readonly caseId: string;
  readonly finding: FindingView;
  readonly limits: LimitsInList;
  readonly zone: Zone;
  readonly chosen: string | null;
  readonly onEvent: (id: string) => void;
  /** What can be done with it. */
  readonly children: ReactNode;
}

/** The address of the window is the program's own, so the place on the page is not put there. */
function showFinding(click: MouseEvent, id: string | null) {
  click.preventDefault();
  document.getElementById(`finding-${id}`)?.scrollIntoView({ block: 'start' });
}

function Limits({ finding, limits }: { finding: FindingView; limits: LimitsInList }) {
  const long = limits.said.join('').length > longLimits;
  const [folded, setFolded] = useState(long);
  return (
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
            {finding.rule === null ? 'the first finding of the examiner' : 'the first finding of this rule'}
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
  );
}

/** What one of the examiner's own findings holds beside its words. */
function Own({ caseId, finding, zone, chosen, onEvent }: Omit<CardProps, 'limits' | 'children'>) {
  const { title, picture, totals, cited, window } = finding;
  return (
    <>
      {picture === null ? null : (
        <figure className="finding-figure">
          <KeptPicture caseId={caseId} of={finding.key} alt={`The timeline as it stood: ${title}`} />
          <figcaption className="faint">
            The timeline as it stood{window === null ? '' : `, lanes by ${window.by}, times in ${window.zone}`}. SHA-256{' '}
            <Hash sha256={picture.sha256} of="the picture" />
          </figcaption>
        </figure>
      )}
      {totals === null ? null : <TotalsPart totals={totals} zone={zone} />}
      {cited.length === 0 ? (
        <p className="quiet">It cites no event.</p>
      ) : (
        <CitedTable label={`Events cited by ${title}`} cited={cited} zone={zone} onEvent={onEvent} chosen={chosen} />
      )}
    </>
  );
}

/** One finding, with its reason, its limits and the events that it cites. */
export function FindingCard(props: CardProps) {
  const { finding, limits, zone, chosen, onEvent, children } = props;
  const [className, word] = stateChip(finding);
  const aside = finding.state === 'rejected' || finding.state === 'withdrawn';
  const { decision, note, text, rule, events } = finding;
  return (
    <article className={`card finding${aside ? ' finding-aside' : ''}`} aria-labelledby={`finding-${finding.id}`}>
      <header className="finding-head">
        <h2 id={`finding-${finding.id}`}>{finding.title}</h2>
        <span className={className}>{word}</span>
      </header>
      {decision?.reason && !decision.outdated ? (
        <p className="finding-reason">
          <strong>Reason:</strong> {decision.reason}
        </p>
      ) : null}
      {note === null ? null : <p className="finding-note">{note}</p>}
      {text
        .split(/\n\s*\n/)
        .filter((part) => part.trim() !== '')
        .map((part) => (
          <p key={part} className="finding-text">
            {part}
          </p>
        ))}
      {rule === null && !aside ? <Own {...props} /> : null}
      {aside ? null : <Limits finding={finding} limits={limits} />}
      <footer className="finding-foot">
        <span className="faint">
          {[rule === null ? 'Written by the examiner' : `Rule ${rule}`, ...marksOf(finding, zone)].join(' · ')}
        </span>
        {rule === null || events.length === 0 ? null : (
          <span className="finding-events">
            <span className="quiet">{events.length === 1 ? 'Event' : 'Largest events'}</span>
            {events.slice(0, mostEvents).map((id) => (
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
            {events.length > mostEvents ? <span className="faint">and {events.length - mostEvents} more</span> : null}
          </span>
        )}
      </footer>
      {children}
    </article>
  );
}
