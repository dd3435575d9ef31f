import { useMemo, useState } from 'react';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { WarningView } from '../../../shared/types/summary.ts';
import { Amount } from '../../ui/Amount.tsx';
import { type Column, type Sorting, sorted } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type EvidenceRow, idsText, statesOf } from './fold-pieces.ts';

interface Row extends EvidenceRow {
  readonly warnings: number;
}

const text = (read: (row: Row) => string) => (a: Row, b: Row) => read(a).localeCompare(read(b));

const columns: readonly Column<Row>[] = [
  { key: 'id', title: 'No.', rem: 4.5, cell: (row) => idsText(row), order: (a, b) => a.ordinal - b.ordinal },
  {
    key: 'name',
    title: 'Name',
    rem: 12,
    grow: 3,
    cell: ({ first, files }) => (
      <>
        {files.length > 1 ? <span className="quiet">{groupedNumber(files.length)} × </span> : null}
        <span dir="auto">{first.name}</span>
      </>
    ),
    order: text(({ first }) => first.name),
  },
  {
    key: 'state',
    title: 'State',
    rem: 7,
    cell: (row) => <StateMark state={statesOf(row)[0]![0]} />,
    order: text((row) => statesOf(row)[0]![0]),
  },
  {
    key: 'bytes',
    title: 'Size',
    rem: 5,
    number: true,
    cell: ({ bytes }) => <Amount bytes={bytes} />,
    order: (a, b) => a.bytes - b.bytes,
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    hint: 'The first eight digits; the whole hash stands in the panel',
    rem: 6,
    cell: ({ first, files }) =>
      files.length > 1 ? (
        <span className="faint">each its own</span>
      ) : (
        <code className="quiet">{first.sha256.slice(0, 8)}</code>
      ),
  },
  {
    key: 'sections',
    title: 'Read as',
    hint: 'The sections that were found in it',
    rem: 9,
    grow: 2,
    cell: ({ first, bytes }) =>
      first.recognised ? (
        first.sections.join(', ')
      ) : (
        <span className="faint">{bytes === 0 ? 'nothing received' : 'kept as it is'}</span>
      ),
    order: text(({ first }) => first.sections.join()),
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
    cell: ({ first }) => <span className="quiet">{first.command ?? first.obtained}</span>,
    order: text(({ first }) => first.obtained),
  },
  {
    key: 'when',
    title: 'Received',
    rem: 9,
    cell: ({ files }) => <Moment iso={files.at(-1)!.hostAfter} />,
    order: text(({ files }) => files.at(-1)!.hostAfter),
  },
];

interface EvidenceTableProps {
  readonly rows: readonly EvidenceRow[];
  readonly warnings: readonly WarningView[];
  /** Id of a file, also of one that is a piece, or key of a row. */
  readonly chosen: string | null;
  /** Told the key of the row. */
  readonly onChoose: (key: string) => void;
}

/** The evidence files of a case; the files of one question are one line. */
export function EvidenceTable({ rows: folded, warnings, chosen, onChoose }: EvidenceTableProps) {
  const [sorting, setSorting] = useState<Sorting>({ by: 'id', down: false });
  const rows = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { evidence } of warnings) counts.set(evidence, (counts.get(evidence) ?? 0) + 1);
    const sum = ({ files }: EvidenceRow) => files.reduce((all, { id }) => all + (counts.get(id) ?? 0), 0);
    return folded.map((row): Row => ({ ...row, warnings: sum(row) }));
  }, [folded, warnings]);
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, sorting]);
  const open = rows.find(({ key, files }) => key === chosen || files.some(({ id }) => id === chosen));
  return (
    <DataTable
      label="Evidence files"
      rows={shown}
      columns={columns}
      keyOf={({ key }) => key}
      chosen={open?.key ?? null}
      onChoose={({ key }) => onChoose(key)}
      sorting={sorting}
      onSort={setSorting}
    />
  );
}
