import { useMemo } from 'react';
import type { DestinationBy, DestinationRow } from '../../../shared/types/destination.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useCase } from '../../state/case.ts';
import { useLoad } from '../../state/use-load.ts';
import type { ChipNames } from './chips.ts';

export interface Named {
  readonly key: string;
  readonly text: string;
}

/** What a case knows of destinations by name: to choose from, and to write on chips. */
export interface DestinationNames extends ChipNames {
  readonly countries: readonly Named[];
  readonly states: readonly Named[];
  readonly organisations: readonly Named[];
  readonly services: readonly Named[];
}

const none: DestinationNames = { countries: [], states: [], organisations: [], services: [] };

/** The value that a filter takes for a row, or null where none can select it (what is not known; inner networks). */
export function filterValue(row: Pick<DestinationRow, 'key'>): string | null {
  return row.key === 'inner' ? null : row.key;
}

function named(rows: readonly DestinationRow[]): Named[] {
  const list = rows.map((row) => ({ key: filterValue(row), text: row.name }));
  return list.filter((one): one is Named => one.key !== null);
}

/** Countries, states, organisations and services of the whole case; empty lists where no contact is known. Null: of none yet. */
export function useDestinationNames(caseId: string | null, revision: number): DestinationNames {
  const any = useCase((state) => (state.summary?.events.contact ?? 0) > 0);
  const asked = useLoad(
    any && caseId !== null ? `names of destinations ${caseId}` : null,
    async () => {
      const list = (by: DestinationBy) => bridge().client.destinations.list({ case: caseId!, by, filter: {} });
      const [country, state, organisation, service] = await Promise.all([
        list('country'),
        list('state'),
        list('organisation'),
        list('service'),
      ]);
      return {
        countries: named(country.rows),
        states: named(state.rows),
        organisations: named(organisation.rows),
        services: named(service.rows),
      };
    },
    revision,
  );
  const lists = asked.data;
  return useMemo(() => {
    if (lists === null) return none;
    const nameIn = (list: readonly Named[]) => (key: string) => list.find((one) => one.key === key)?.text ?? key;
    return { ...lists, organisation: nameIn(lists.organisations), service: nameIn(lists.services) };
  }, [lists]);
}
