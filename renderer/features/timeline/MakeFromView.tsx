import { useMemo } from 'react';
import { rangeInFull } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { FindingWindow } from '../../../shared/types/finding.ts';
import { notice } from '../../state/notices.ts';
import { MakeFinding } from '../findings/MakeFinding.tsx';
import { laneWords } from './lane-words.ts';
import type { TimelineSession } from './session.ts';
import { roundedRange, type TimelineView, writeView } from './view-address.ts';

interface MakeFromViewProps {
  readonly caseId: string;
  readonly session: TimelineSession;
  readonly view: TimelineView;
  readonly zone: Zone;
  readonly onClose: () => void;
}

/** The question for a finding of what the timeline shows: its window, lanes, filters and selection, with the picture. */
export function MakeFromView({ caseId, session, view, zone, onClose }: MakeFromViewProps) {
  const { stage } = session.instrument;
  const window = useMemo((): FindingWindow => {
    const range = roundedRange(stage.motion.goal);
    const { selection } = stage;
    return {
      ...range,
      by: view.by,
      filter: view.filter,
      selection,
      zone: zone.name,
      // What is followed moves on; the view of a finding stays. An event that is open beside it is no part of it.
      address: { ...writeView({ ...view, range, follow: null, selection, event: null }), by: view.by },
    };
  }, [stage, view, zone]);
  const draw = () => {
    const from = rangeInFull(window.fromUs, window.toUs, zone);
    return session.instrument.svg(`Timeline by ${laneWords[view.by].one.toLowerCase()}, ${from}, ${zone.name}`);
  };
  return (
    <MakeFinding
      caseId={caseId}
      window={window}
      zone={zone}
      draw={draw}
      onClose={onClose}
      onMade={(finding) => {
        onClose();
        session.instrument.focus();
        notice('good', `Finding ${finding.id.toUpperCase()} was made: it stands in Findings.`);
      }}
    />
  );
}
