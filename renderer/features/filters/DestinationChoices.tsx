import { filterRoles } from '../../../shared/types/event.ts';
import type { ViewFilter } from '../../state/event-filter.ts';
import { Choice } from '../../ui/Choice.tsx';
import type { DestinationNames, Named } from './use-destination-names.ts';

const any = '\u0000any';

interface DestinationChoicesProps {
  readonly filter: ViewFilter;
  readonly put: (part: Partial<ViewFilter>) => void;
  readonly known: DestinationNames;
}

/** Where contacts lead, to choose from what the case knows. Nothing is shown where it knows nothing. */
export function DestinationChoices({ filter, put, known }: DestinationChoicesProps) {
  const choices = [
    ['country', 'Country of the address', 'Every country', known.countries],
    ['state', 'State that can command operator or owner', 'Every state', known.states],
    ['organisation', 'Organisation', 'Every organisation', known.organisations],
    ['service', 'Service', 'Every service', known.services],
  ] as const;
  const lists = choices.map(([field, label, every, list]) =>
    list.length === 0 && filter[field] === undefined ? null : (
      <Choice
        key={field}
        label={label}
        value={filter[field] ?? any}
        onChange={(key) => put({ [field]: key === any ? undefined : key })}
        options={[{ key: any, text: every }, ...withChosen(list, filter[field])]}
      />
    ),
  );
  return (
    <>
      {lists}
      {filter.state === undefined && filter.organisation === undefined ? null : (
        <Choice
          label="State and organisation are meant of the"
          value={filter.whose ?? 'either'}
          onChange={(role) => put({ whose: role === 'either' ? undefined : role })}
          options={roles.map((key) => ({ key, text: roleTexts[key] }))}
        />
      )}
    </>
  );
}

const roles = ['either', ...filterRoles] as const;
const roleTexts = {
  either: 'Owner or operator',
  owner: 'Owner',
  operator: 'Operator',
  first: 'Owner, else operator',
} as const;

/** What an address asks for stays to be seen, also where the case does not hold it. */
function withChosen(list: readonly Named[], chosen: string | undefined): readonly Named[] {
  return chosen === undefined || list.some(({ key }) => key === chosen)
    ? list
    : [...list, { key: chosen, text: chosen }];
}
