import { useState } from 'react';
import { humanBytes } from '../../../shared/base/bytes.ts';
import type { DatabaseView } from '../../../shared/types/database.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';

const kinds: Readonly<Record<DatabaseView['kind'], string>> = {
  location: 'places of addresses',
  registration: 'countries of registration',
  networks: 'networks and their operators',
  'cloud regions': 'regions of a cloud',
  owners: 'owners of hosts',
  catalogue: 'known services',
  laws: 'acts',
};

interface DatabaseTableProps {
  readonly list: readonly DatabaseView[];
  /** Hashes of those that spoke of the case at hand. */
  readonly spoke: ReadonlySet<string>;
  readonly busy: boolean;
  readonly onRemove: (one: DatabaseView) => void;
}

/** Databases with what they speak of, their dates and licences; only an imported one can be removed. */
export function DatabaseTable({ list, spoke, busy, onRemove }: DatabaseTableProps) {
  const [asking, setAsking] = useState<string | null>(null);
  return (
    <table className="list db-list">
      <thead>
        <tr>
          <th scope="col">Database</th>
          <th scope="col">Speaks of</th>
          <th scope="col">Date</th>
          <th scope="col" className="number">
            Size
          </th>
          <th scope="col">In this case</th>
          <th scope="col">
            <span className="unseen">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...list]
          .sort((a, b) => Number(spoke.has(b.sha256)) - Number(spoke.has(a.sha256)))
          .map((one) => (
            <tr key={one.id}>
              <td>
                <span className="db-title">{one.title}</span>
                <span className="faint db-under">
                  {one.shipped ? 'came with the program' : 'imported'} · {one.licence}
                </span>
                <span className="faint db-under">
                  SHA-256 <code title={one.sha256}>{one.sha256.slice(0, 12)}…</code>
                  <CopyButton text={one.sha256} of={`the SHA-256 of ${one.title}`} />
                </span>
              </td>
              <td>{kinds[one.kind]}</td>
              <td className="digits db-date">{one.date}</td>
              <td className="number">{humanBytes(one.bytes)}</td>
              <td>{spoke.has(one.sha256) ? 'spoke' : <span className="faint">did not speak</span>}</td>
              <td className="db-act">
                {one.shipped ? null : asking === one.id ? (
                  <>
                    <Button
                      look="danger"
                      isDisabled={busy}
                      onPress={() => {
                        setAsking(null);
                        onRemove(one);
                      }}
                    >
                      Remove it
                    </Button>
                    <Button onPress={() => setAsking(null)}>Keep it</Button>
                  </>
                ) : (
                  <Button isDisabled={busy} aria-label={`Remove ${one.title}`} onPress={() => setAsking(one.id)}>
                    Remove…
                  </Button>
                )}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
