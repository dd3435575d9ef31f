import { useMemo, useState } from 'react';
import type { EvidenceView, WarningView } from '../../../shared/types/summary.ts';
import { Amount } from '../../ui/Amount.tsx';
import { type Column, type Sorting, sorted } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

interface Row {
  readonly file: EvidenceView;
  readonly warnings: number;
  readonly ordinal: number;
}

const text = (read: (row: Row) => string) => (a: Row, b: Row) => read(a).localeCompare(read(b));

const columns: readonly Column<Row>[] = [
  { key: 'id', title: 'No.', rem: 3.5, cell: ({ file }) => file.id, order: (a, b) => a.ordinal - b.ordinal },
  {
    key: 'name',
    title: 'Name',
    rem: 12,
    grow: 3,
    cell: ({ file }) => <span dir="auto">{file.name}</span>,
    order: text(({ file }) => file.name),
  },
  {
    key: 'state',
    title: 'State',
    rem: 7,
    cell: ({ file }) => <StateMark state={file.state} />,
    order: text(({ file }) => file.state),
  },
  {
    key: 'bytes',
    title: 'Size',
    rem: 5,
    number: true,
    cell: ({ file }) => <Amount bytes={file.bytes} />,
    order: (a, b) => a.file.bytes - b.file.bytes,
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    hint: 'The first eight digits; the whole hash stands in the panel',
    rem: 6,
    cell: ({ file }) => <code className="quiet">{file.sha256.slice(0, 8)}</code>,
  },
  {
    key: 'sections',
    title: 'Read as',
    hint: 'The sections that were found in it',
    rem: 9,
    grow: 2,
    cell: ({ file }) =>
      file.recognised ? (
        file.sections.join(', ')
      ) : (
        <span className="faint">{file.bytes === 0 ? 'nothing received' : 'kept as it is'}</span>
      ),
    order: text(({ file }) => file.sections.join()),
  },
  {
    key: 'warnings',
    title: 'Warnings',
    rem: 5,
    number: true,
    cell: ({ warnings }) => (warnings === 0 ? <span className="faint">0</span> : warnings),
    order: (a, b) => a.warnings - b.warnings,
  },
  {
    key: 'obtained',
    title: 'How obtained',
    hint: 'The command that the phone answered, or the file that was added',
    rem: 12,
    grow: 3,
    cell: ({ file }) => <span className="quiet">{file.command ?? file.obtained}</span>,
    order: text(({ file }) => file.obtained),
  },
  {
    key: 'when',
    title: 'Received',
    rem: 9,
    cell: ({ file }) => <Moment iso={file.hostAfter} />,
    order: text(({ file }) => file.hostAfter),
  },
];

interface EvidenceTableProps {
  readonly files: readonly EvidenceView[];
  readonly warnings: readonly WarningView[];
  readonly chosen: string | null;
  readonly onChoose: (file: EvidenceView) => void;
}

export function EvidenceTable({ files, warnings, chosen, onChoose }: EvidenceTableProps) {
  const [sorting, setSorting] = useState<Sorting>({ by: 'id', down: false });
  const rows = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { evidence } of warnings) counts.set(evidence, (counts.get(evidence) ?? 0) + 1);
    return files.map((file, ordinal): Row => ({ file, warnings: counts.get(file.id) ?? 0, ordinal }));
  }, [files, warnings]);
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, sorting]);
  return (
    <DataTable
      label="Evidence files"
      rows={shown}
      columns={columns}
      keyOf={({ file }) => file.id}
      chosen={chosen}
      onChoose={({ file }) => onChoose(file)}
      sorting={sorting}
      onSort={setSorting}
    />
  );
}
