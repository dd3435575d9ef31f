import { type PlaceName, places } from '../../state/address.ts';
import { hrefOf, useAddress } from '../../state/address-store.ts';
import { usePhones } from '../../state/phones.ts';
import { placeIcons, placeTitles } from './places.ts';

/** The places, always in the same order. Links, so that one can be opened or copied like any address. */
export function Rail({ place }: { place: PlaceName }) {
  const caseId = useAddress((address) => address.caseId);
  const phones = usePhones((state) => state.view?.devices.length ?? 0);
  return (
    <nav className="rail" aria-label="Places">
      <ul className="rail-list">
        {places.map((name) => {
          const Sign = placeIcons[name];
          const idle = caseId === null && name !== 'cases' && name !== 'phone';
          return (
            <li key={name}>
              <a
                href={hrefOf(name)}
                className={idle ? 'rail-link rail-idle' : 'rail-link'}
                aria-current={name === place ? 'page' : undefined}
              >
                <span className="rail-sign">
                  <Sign className="icon rail-icon" />
                  {name === 'phone' && phones > 0 ? <span className="rail-dot" /> : null}
                </span>
                <span>{placeTitles[name]}</span>
                {name === 'phone' && phones > 0 ? <span className="unseen">, {phones} connected</span> : null}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
