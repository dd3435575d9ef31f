import { countryName } from '../../../shared/text/country-names.ts';
import type { AddressView } from '../../../shared/types/destination.ts';
import { Fold } from '../../ui/Fold.tsx';
import { placeKindWords, scopeSentence } from './words.ts';

function Said({ address }: { address: AddressView }) {
  if (address.said.length === 0) return <p className="faint">No source names a place of this address.</p>;
  return (
    <table className="list said-table">
      <thead>
        <tr>
          <th scope="col">Says</th>
          <th scope="col">By</th>
          <th scope="col">Date</th>
        </tr>
      </thead>
      <tbody>
        {address.said.map(({ kind, country, region, source, date }) => (
          <tr key={`${kind} ${country} ${source} ${date}`}>
            <td>
              {countryName(country)}
              {region === null ? null : <span className="quiet">, {region}</span>}
            </td>
            <td>
              {source}
              <span className="said-kind">{placeKindWords[kind]}</span>
            </td>
            <td className="digits">{date}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Network({ address }: { address: AddressView }) {
  const { network, organisation } = address;
  if (network === null && organisation === null) return <p className="faint">Who runs its network is not known.</p>;
  return (
    <p>
      <span className="quiet">Operator: </span>
      {organisation === null ? (
        (network?.name ?? 'not known')
      ) : (
        <>
          <strong>{organisation.name}</strong>
          {organisation.group === null || organisation.group === organisation.name
            ? ''
            : `, group ${organisation.group}`}
        </>
      )}
      {'; '}
      <span className="quiet">state that can command it: </span>
      {organisation?.state ? countryName(organisation.state) : 'not known'}
      {network === null ? null : (
        <span className="faint">
          {' '}
          · network AS{network.asn} {network.name}, {network.source}, {network.date}
        </span>
      )}
    </p>
  );
}

function One({ address }: { address: AddressView }) {
  const scope = scopeSentence(address.scope);
  return scope === null ? (
    <>
      {address.place?.disputed ? (
        <p>
          <span className="chip chip-warn">disputed</span> The sources disagree about the country; each stands with its
          own answer, the shown one first.
        </p>
      ) : null}
      <Said address={address} />
      <Network address={address} />
    </>
  ) : (
    <p className="faint">{scope}</p>
  );
}

function noteOf({ place, scope }: AddressView): string {
  if (scope !== 'public') return 'inner network';
  if (place === null) return 'place not known';
  return `${countryName(place.country)}${place.disputed ? ', disputed' : ''}`;
}

/** Where addresses are, by every source with its date, and who runs their networks: two facts apart. */
export function Places({ list }: { list: readonly AddressView[] }) {
  if (list.length === 1) return <One address={list[0]!} />;
  return list.map((address, n) => (
    <Fold key={address.ip} level={4} open={n === 0} title={<code>{address.ip}</code>} note={noteOf(address)}>
      <One address={address} />
    </Fold>
  ));
}
