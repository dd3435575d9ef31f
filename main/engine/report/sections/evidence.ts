import type { EvidenceView } from '../../../../shared/types/summary.ts';
import { type Cell, cell, code, exact, leadIn, line, para, small } from '../document.ts';
import { bareHostTime, grouped, signedMs } from '../format.ts';
import { wording } from '../wording.ts';
import { nameOf } from './refused.ts';
import type { SectionMaker } from './section.ts';

function state(one: EvidenceView): Cell {
  return [
    line(one.state),
    ...(one.exit === null ? [] : [small(wording.exit(one.exit))]),
    ...(one.recognised ? [] : [small(wording.notRecognised)]),
  ];
}

export const evidence: SectionMaker = {
  id: 'evidence',
  title: wording.sections.evidence,
  required: true,
  make(data) {
    const { columns } = wording;
    if (data.evidence.length === 0) return [para(wording.evidenceNone)];
    return [
      leadIn(wording.evidenceIntro),
      {
        kind: 'table',
        columns: [
          { title: columns.id, width: 10 },
          { title: columns.file, width: 'rest' },
          { title: columns.state, width: 20 },
          { title: columns.bytes, width: 20, align: 'right' },
          { title: columns.times, width: 30 },
        ],
        rows: data.evidence.map((one) => [
          cell(one.id),
          [...nameOf(one), exact(code(one.sha256))],
          state(one),
          cell(grouped(one.bytes)),
          [
            small(bareHostTime(one.hostBefore)),
            small(bareHostTime(one.hostAfter)),
            ...(one.offsetMs === null
              ? []
              : [
                  small(
                    wording.clock(
                      signedMs(one.offsetMs),
                      one.offsetErrorMs === null ? null : signedMs(one.offsetErrorMs).slice(1),
                    ),
                  ),
                ]),
          ],
        ]),
      },
    ];
  },
};
