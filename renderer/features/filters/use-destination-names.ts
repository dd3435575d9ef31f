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
export function filterValue(by: DestinationBy, row: Pick<DestinationRow, 'key' | 'name'>): string | null {
  if (row.key === null || row.key === 'inner') return null;
  // A network without a known organisation has its number as key; filters know it by its name.
  return by === 'organisation' && /^AS\d+$/.test(row.key) ? row.name : row.key;
}

function named(by: DestinationBy, rows: readonly DestinationRow[]): Named[] {
  const list = rows.map((row) => ({ key: filterValue(by, row), text: row.name }));
  return list.filter((one): one is Named => one.key !== null);
}

/** Countries, states, organisations and services of the whole case; empty lists where no contact is known. */
export function useDestinationNames(caseId: string, revision: number): DestinationNames {
  const any = useCase((state) => (state.summary?.events.contact ?? 0) > 0);
  const asked = useLoad(
    any ? `names of destinations ${caseId}` : null,
    async () => {
      const list = (by: DestinationBy) => bridge().client.destinations.list({ case: caseId, by, filter: {} });
      const [country, state, organisation, service] = await Promise.all([
        list('country'),
        list('state'),
        list('organisation'),
        list('service'),
      ]);
      return {
        countries: named('country', country.rows),
        states: named('state', state.rows),
        organisations: named('organisation', organisation.rows),
        services: named('service', service.rows),
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
