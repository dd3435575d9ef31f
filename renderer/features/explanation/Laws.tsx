import type { LawView } from '../../../shared/types/explanation.ts';
import { Fold } from '../../ui/Fold.tsx';
import { becauseWords } from './words.ts';

interface Group {
  readonly country: string;
  readonly name: string;
  readonly because: LawView['because'][];
  readonly acts: LawView[];
}

/** Acts by country; why each country’s law may reach it stands at its head, place apart from operator and owner. */
export function groupsOf(laws: readonly LawView[]): Group[] {
  const groups = new Map<string, Group>();
  for (const law of laws) {
    const known = groups.get(law.country);
    const group = known ?? { country: law.country, name: law.countryName, because: [], acts: [] };
    if (!known) groups.set(law.country, group);
    if (!group.because.includes(law.because)) group.because.push(law.because);
    if (!group.acts.some(({ citation }) => citation === law.citation)) group.acts.push(law);
  }
  return [...groups.values()];
}

/** Acts that may reach a place, an operator or an owner, in two lines each. */
export function Laws({ list }: { list: readonly LawView[] }) {
  return (
    <>
      <p className="faint laws-note">Information, and no advice: whether an act applies is for a court to say.</p>
      {groupsOf(list).map(({ country, name, because, acts }) => (
        <Fold
          key={country}
          level={4}
          title={name}
          note={`${because.map((reason) => becauseWords[reason]).join('; ')} · ${acts.length}`}
        >
          <ul className="laws">
            {acts.map((law) => (
              <li key={law.citation}>
                <p>
                  <strong>{law.act}</strong>
                  <span className="quiet"> {law.citation}</span>
                </p>
                <p>{law.obligation}</p>
                <p className="quiet">{law.reach}</p>
                <p className="faint">
                  {[law.date === null ? null : `as of ${law.date}`, law.source, law.checked]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </Fold>
      ))}
    </>
  );
}
