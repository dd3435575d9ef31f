import { bytesInFull, groupedNumber } from '../../../shared/timeline/formats.ts';
import type { EvidenceView } from '../../../shared/types/summary.ts';
import { dateTimeText, useZone } from '../../state/zone.ts';
import { Amount } from '../../ui/Amount.tsx';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type EvidenceRow, idsText, statesOf } from './fold-pieces.ts';

interface PiecesPanelProps {
  readonly row: EvidenceRow;
  readonly onChoose: (file: EvidenceView) => void;
  readonly onClose: () => void;
}

/** The files in which the answers to one question came, each with its own hash. */
export function PiecesPanel({ row, onChoose, onClose }: PiecesPanelProps) {
  const zone = useZone();
  const { first, files } = row;
  const columns: readonly Column<EvidenceView>[] = [
    { key: 'id', title: 'No.', rem: 3.25, cell: (file) => file.id },
    {
      key: 'begun',
      title: 'Begun',
      hint: 'Month, day and time of this computer',
      rem: 7.5,
      grow: 1,
      cell: (file) => <Digits text={dateTimeText(file.hostBefore, zone).slice(5)} />,
    },
    { key: 'bytes', title: 'Size', rem: 4.25, number: true, cell: (file) => <Amount bytes={file.bytes} /> },
    { key: 'state', title: 'State', rem: 5.75, cell: (file) => <StateMark state={file.state} /> },
    {
      key: 'sha256',
      title: 'SHA-256',
      rem: 5,
      cell: (file) => <code className="quiet">{file.sha256.slice(0, 8)}</code>,
    },
  ];
  return (
    <SidePanel
      label={`Evidence ${idsText(row)}`}
      title={<span dir="auto">{first.name}</span>}
      under={`${groupedNumber(files.length)} files · ${bytesInFull(row.bytes)}`}
      onClose={onClose}
    >
      <PanelPart title="How they were obtained">
        <Facts
          list={[
            ['From', first.obtained],
            ['Command', <code key="c">{first.command}</code>],
            ['Begun', <Moment key="b" iso={first.hostBefore} exact />],
            ['Ended', <Moment key="e" iso={files.at(-1)!.hostAfter} exact />],
            [
              'States',
              statesOf(row)
                .map(([state, count]) => `${groupedNumber(count)} ${state}`)
                .join(', '),
            ],
          ]}
        />
      </PanelPart>
      <section className="panel-part pieces" aria-label="Files">
        <h3 className="panel-part-title">
          Files <span className="panel-part-note">{groupedNumber(files.length)}</span>
        </h3>
        <DataTable
          label={`Files of ${first.name}`}
          rows={files}
          columns={columns}
          keyOf={(file) => file.id}
          onChoose={onChoose}
        />
      </section>
    </SidePanel>
  );
}
