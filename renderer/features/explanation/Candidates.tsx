import { Power, PowerOff } from 'lucide-react';
import type { Candidate, ServiceView } from '../../../shared/types/explanation.ts';
import { Fold } from '../../ui/Fold.tsx';
import { Published } from './Published.tsx';
import { Reasons, Sentences } from './Reasons.tsx';
import { confidenceWords, isGeneral, onWords } from './words.ts';

function General() {
  return (
    <span className="chip chip-warn" title="Not read in a source and not tried on a phone">
      general knowledge
    </span>
  );
}

function Optional({ service }: { service: ServiceView }) {
  const { optional, optionalBasis, switchOff } = service;
  return (
    <dl className="optional">
      <dt>Optional</dt>
      <dd>
        <strong>{optional === null ? 'not known' : optional ? 'yes, a user can switch it off' : 'no'}</strong>
        {optionalBasis === null ? null : isGeneral(optionalBasis) ? (
          <>
            {' '}
            <General />
          </>
        ) : (
          <span className="faint"> by {optionalBasis}</span>
        )}
      </dd>
      {switchOff === null ? null : (
        <>
          <dt>To switch it off</dt>
          <dd>
            {switchOff.how}{' '}
            {isGeneral(switchOff.basis) ? <General /> : <span className="faint">by {switchOff.basis}</span>}
          </dd>
        </>
      )}
    </dl>
  );
}

function Sources({ service }: { service: ServiceView }) {
  if (service.sources.length === 0) return null;
  return (
    <div className="grounds">
      <Fold level={4} title="Sources of the catalogue" note={String(service.sources.length)}>
        <ul className="reason-sources">
          {service.sources.map(({ title, url, date }) => (
            <li key={`${title} ${url}`}>
              <span>
                {title}
                {date === null ? '' : `, ${date}`}
                {/* Written out, never a link: the window opens nothing outside. */}
                {url === null ? null : <code className="reason-url">{url}</code>}
              </span>
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}

/** What was said of the service elsewhere: a plan is marked as one, and none of it was seen here. */
function Said({ service }: { service: ServiceView }) {
  const { published, announced } = service;
  if (published.length + announced.length === 0) return null;
  return (
    <div className="grounds">
      <Fold level={4} title="Published and announced; not seen here" note={String(published.length + announced.length)}>
        <ul className="reason-sources">
          {published.map(({ date, by, says }) => (
            <li key={`${date} ${says}`}>
              <span>
                <span className="faint">
                  {date}, {by}:
                </span>{' '}
                {says}
              </span>
            </li>
          ))}
          {announced.map(({ date, by, plan, due }) => (
            <li key={`${date} ${plan}`}>
              <span>
                <span className="chip">plan</span>{' '}
                <span className="faint">
                  announced {date}, {by}
                  {due === null ? '' : `, due ${due}`}:
                </span>{' '}
                {plan}
              </span>
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}

function One({ candidate }: { candidate: Candidate }) {
  const { service, on } = candidate;
  const Sign = on === 'off' ? PowerOff : Power;
  return (
    <>
      <p className="candidate-purpose">{service.purpose}</p>
      <p className={on === 'not known' ? 'candidate-on faint' : 'candidate-on'}>
        <Sign className="icon" />
        {service.name}: {onWords[on]}
      </p>
      <Optional service={service} />
      <Reasons title="Speaks for it" tone="for" list={candidate.for} />
      <Reasons title="Speaks against it" tone="against" list={candidate.against} />
      <Sentences title="Would decide it" tone="decides" list={candidate.decides} />
      <Sentences title="Does not prove" tone="limit" list={candidate.doesNotProve} />
      {service.data.length === 0 ? null : (
        <section className="grounds">
          <h4 className="grounds-title">Known to report, as sources say of the service; not seen here</h4>
          <p>{service.data.join('; ')}</p>
        </section>
      )}
      <Said service={service} />
      <Published service={service} />
      <Sources service={service} />
    </>
  );
}

/** Services that may explain it, the one for which most speaks first and open. */
export function Candidates({ list }: { list: readonly Candidate[] }) {
  if (list.length === 0) {
    return <p className="faint">No service of the catalogue fits what was seen.</p>;
  }
  return (
    <div className="candidates">
      {list.map((candidate, n) => (
        <Fold
          key={candidate.service.id}
          level={4}
          open={n === 0}
          title={
            <>
              {n + 1}. {candidate.service.name}
              <span className="candidate-vendor"> {candidate.service.vendor}</span>
            </>
          }
          note={
            <>
              {confidenceWords[candidate.confidence]}
              {candidate.on === 'not known' ? '' : ` · ${candidate.on}`}
            </>
          }
        >
          <One candidate={candidate} />
        </Fold>
      ))}
    </div>
  );
}
