import { humanBytes } from '../../../../shared/base/bytes.ts';
import { answer, known, table } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

const several = (values: readonly string[]) =>
  values.length > 1 ? `${values[0]} and ${values.length - 1} more` : (values[0] ?? '');
const withState = ({ name, state }: { name: string; state: string | null }) => (state ? `${name} (${state})` : name);
const size = (bytes: number | null) => (bytes === null ? 'not known' : humanBytes(bytes));

/** `hosts`: hosts, and addresses without a name, with their totals, as far as contacts and look-ups tell. */
export const hosts = verb<{ readonly case: string }>(
  'hosts',
  'hosts with their totals, as far as contacts and look-ups tell',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const rows = await withCase(await terminal.engine(), options.case, (open) => open.hosts());
    await answer(terminal, json, rows, () =>
      table(
        rows,
        [
          { title: 'HOST', of: (row) => row.host ?? row.addresses[0] ?? '' },
          { title: 'KNOWN FROM', of: (row) => (row.host === null ? 'address only' : row.hostFrom.join(', ')) },
          { title: 'ADDRESS', of: (row) => (row.host === null ? '' : several(row.addresses)) },
          { title: 'COUNTRY', of: (row) => (row.countries.length === 0 ? known(null) : row.countries.join(' ')) },
          { title: 'NETWORK OF', of: (row) => several(row.operators.map(withState)) },
          { title: 'OWNER', of: (row) => (row.owner ? withState(row.owner) : known(null)) },
          { title: 'SERVICE', of: (row) => row.service?.name ?? known(null) },
          { title: 'PORTS', of: (row) => several(row.ports) },
          { title: 'CONTACTS', of: (row) => String(row.contacts), right: true },
          { title: 'LOOK-UPS', of: (row) => String(row.lookUps), right: true },
          { title: 'SENT', of: (row) => size(row.sent), right: true },
          { title: 'RECEIVED', of: (row) => size(row.received), right: true },
          { title: 'APPS', of: (row) => (row.apps.length === 0 ? known(null) : several(row.apps)) },
          { title: 'FIRST', of: (row) => row.first },
          { title: 'LAST', of: (row) => row.last },
        ],
        'The case holds no contacts and no look-ups.',
      ),
    );
    return exits.done;
  },
);
