import { Failure } from '../../../shared/base/failure.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/derive.ts';
import type { DatabaseView } from '../../../shared/types/database.ts';
import { mockSources } from './destinations.ts';

/** Databases of a made-up machine: two that came with the program, and what is imported while the page lives. */
export function mockDatabases(): Handlers<Contract>['databases'] {
  let list: DatabaseView[] = mockSources.map(({ key, title, date, sha256, licence, attribution }, n) => ({
    id: key,
    title,
    kind: n === 0 ? 'location' : 'networks',
    date,
    sha256,
    bytes: 8_200_000 - n * 5_000_000,
    licence,
    attribution,
    shipped: true,
  }));
  return {
    list: async () => list,
    add: async ({ path }) => {
      const name = path.split('/').at(-1)!;
      if (!/\.(mmdb|json)$/.test(name))
        throw new Failure(
          'not-recognised',
          `${name} is no database that this program can read.`,
          'Take a file in the form mmdb.',
        );
      const added: DatabaseView = {
        id: `imported-${list.length}`,
        title: name,
        kind: name.endsWith('.json') ? 'cloud regions' : 'location',
        date: '2024-03-01',
        sha256: 'a3'.repeat(32),
        bytes: 7_900_000,
        licence: 'not said in the file',
        attribution: null,
        shipped: false,
      };
      list = [...list, added];
      return added;
    },
    remove: async ({ id }) => {
      list = list.filter((one) => one.id !== id);
      return null;
    },
  };
}
