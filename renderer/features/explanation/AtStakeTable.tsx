import { humanBytes } from '../../../shared/base/bytes.ts';
import type { AtStake } from '../../../shared/types/explanation.ts';
import { Moment } from '../../ui/Moment.tsx';
import { EvidenceLink } from './Reasons.tsx';
import { afterText } from './words.ts';

function short(permission: string): string {
  return permission.replace(/^android\.permission\./, '');
}

/** What an app was permitted to read and when it last did; what followed is a sequence and no cause. */
export function AtStakeTable({ list }: { list: readonly AtStake[] }) {
  return (
    <>
      <ul className="stake">
        {list.map((one) => (
          <li key={one.permission}>
            <p className="stake-head">
              <span>{one.category}</span>
              <code className="faint">{short(one.permission)}</code>
              <span className={one.granted === true ? 'chip chip-info' : 'chip chip-quiet'}>
                {one.granted === null ? 'whether permitted is not known' : one.granted ? 'permitted' : 'not permitted'}
              </span>
            </p>
            <p className="quiet">{one.opens}</p>
            <p>
              {one.lastUsed === null ? (
                <span className="faint">Last use not known.</span>
              ) : (
                <>
                  Last used <Moment iso={one.lastUsed} exact />
                  {one.evidence === null ? null : (
                    <>
                      {' '}
                      (<EvidenceLink id={one.evidence} />)
                    </>
                  )}
                  {one.followedBy === null ? null : (
                    <>
                      , followed after {afterText(one.followedBy.seconds)} by{' '}
                      <EvidenceLink id={one.followedBy.event}>
                        a transmission of {humanBytes(one.followedBy.sent)}
                      </EvidenceLink>
                    </>
                  )}
                  .
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {list.some((one) => one.followedBy !== null) ? (
        <p className="faint stake-note">
          One followed the other: a sequence, and no cause. What was sent is not known from it.
        </p>
      ) : null}
    </>
  );
}
