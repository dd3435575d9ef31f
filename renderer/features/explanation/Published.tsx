import type { ServiceView } from '../../../shared/types/explanation.ts';
import { Fold } from '../../ui/Fold.tsx';

/** What others said or measured of a service, and what was announced of its servers: apart from all that was seen on this phone. */
export function Published({ service }: { service: ServiceView }) {
  const { published, announced } = service;
  return (
    <>
      {published.length === 0 ? null : (
        <div className="grounds">
          <Fold level={4} title="Published of it" note={`${published.length}, not seen here`}>
            <ul className="told">
              {published.map(({ date, by, says }) => (
                <li key={`${date} ${by} ${says}`}>
                  <p className="told-head">
                    <span className="digits">{date}</span> <strong>{by}</strong>
                  </p>
                  <p>{says}</p>
                </li>
              ))}
            </ul>
          </Fold>
        </div>
      )}
      {announced.length === 0 ? null : (
        <div className="grounds">
          <Fold level={4} title="Announced of its servers" note={`${announced.length}, plans and no observations`}>
            <ul className="told">
              {announced.map(({ date, by, plan, due }) => (
                <li key={`${date} ${by} ${plan}`}>
                  <p className="told-head">
                    <span className="digits">{date}</span> <strong>{by}</strong>
                  </p>
                  <p>
                    Plan: {plan}
                    {due === null ? null : <span className="faint"> Due: {due}.</span>}
                  </p>
                </li>
              ))}
            </ul>
          </Fold>
        </div>
      )}
    </>
  );
}
