import { useMemo, useState } from 'react';
import type { EvidenceView, WarningView } from '../../../shared/types/summary.ts';
import { type Column, type Sorting, sorted } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { placeText } from './warning-place.ts';

interface Row {
  readonly key: string;
  readonly ordinal: number;
  readonly warning: WarningView;
  readonly file: string;
}

const columns: readonly Column<Row>[] = [
  {
    key: 'evidence',
    title: 'File',
    rem: 11,
    grow: 1,
    cell: ({ warning, file }) => `${warning.evidence} · ${file}`,
    order: (a, b) => a.ordinal - b.ordinal,
  },
  {
    key: 'place',
    title: 'Place',
    rem: 19,
    grow: 1,
    cell: ({ warning }) => <span className="quiet">{placeText(warning)}</span>,
  },
  {
    key: 'reason',
    title: 'What could not be read',
    rem: 17,
    grow: 3,
    cell: ({ warning }) => <span title={warning.reason}>{warning.reason}</span>,
    order: (a, b) => a.warning.reason.localeCompare(b.warning.reason),
  },
  {
    key: 'text',
    title: 'The piece itself',
    rem: 12,
    grow: 2,
    cell: ({ warning }) =>
      warning.text === null ? <span className="faint">–</span> : <code title={warning.text}>{warning.text}</code>,
  },
];

/** Everything that the parsers met and could not read. A warning never ends the reading. */
export function WarningTable({
  warnings,
  files,
}: {
  warnings: readonly WarningView[] | null;
  files: readonly EvidenceView[];
}) {
  const [sorting, setSorting] = useState<Sorting>({ by: 'evidence', down: false });
  const rows = useMemo(() => {
    const names = new Map(files.map((file) => [file.id, file.name]));
    return (warnings ?? []).map(
      (warning, ordinal): Row => ({ key: String(ordinal), ordinal, warning, file: names.get(warning.evidence) ?? '' }),
    );
  }, [warnings, files]);
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, sorting]);
  return (
    <DataTable
      label="Warnings"
      rows={shown}
      columns={columns}
      keyOf={(row) => row.key}
      sorting={sorting}
      onSort={setSorting}
      empty={
        warnings === null ? null : (
          <EmptyPlace title="No warnings">
            Everything that was recognised in the evidence could be read to its end. A line that cannot be read appears
            here, with its place.
          </EmptyPlace>
        )
      }
    />
  );
}
