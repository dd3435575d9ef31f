import { ChevronsLeft, ChevronsRight, FoldVertical, Maximize2, UnfoldVertical, ZoomIn, ZoomOut } from 'lucide-react';
import { type Folds, noFolds, sortingNames, sortings } from '../../../shared/timeline/lane-layout.ts';
import { wholeOf, zoomAt } from '../../../shared/timeline/viewport.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import { laneKeys } from '../../../shared/types/timeline.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { laneWords } from './lane-words.ts';
import { RangeFields } from './RangeFields.tsx';
import type { TimelineSession } from './session.ts';
import type { TimelineView } from './view-address.ts';

interface ToolbarProps {
  readonly view: TimelineView;
  readonly change: (part: Partial<TimelineView>) => void;
  readonly session: TimelineSession | null;
  readonly zone: Zone;
}

/** What lanes are, how they stand, which time is shown. */
export function Toolbar({ view, change, session, zone }: ToolbarProps) {
  const zoom = (factor: number) => {
    const stage = session?.instrument.stage;
    if (!stage) return;
    const { goal } = stage.motion;
    session.instrument.goTo(zoomAt(goal, factor, (goal.fromUs + goal.toUs) / 2, stage.bounds));
  };
  const whole = () => {
    const overview = session?.instrument.stage.overview;
    if (overview) session.instrument.goTo(wholeOf(overview));
  };
  return (
    <div className="tl-bar" role="toolbar" aria-label="Timeline">
      <span className="tl-bar-word">Lanes by</span>
      <Segments
        label="Lanes by"
        value={view.by}
        onChange={(by) => change({ by, pins: [], folds: noFolds })}
        options={laneKeys.map((key) => ({ key, text: laneWords[key].choice }))}
      />
      <div className="tl-sort">
        <Choice
          label="Order of the lanes"
          bare
          value={view.sorting}
          onChange={(sorting) => change({ sorting })}
          options={sortings.map((key) => ({ key, text: `Order: ${sortingNames[key].toLowerCase()}` }))}
        />
      </div>
      <FoldAll view={view} change={change} session={session} />
      <div className="tl-bar-gap" />
      <RangeFields session={session} zone={zone} />
      <div className="tl-group">
        <IconButton
          label="Previous burst  ["
          icon={<ChevronsLeft className="icon" />}
          onPress={() => session?.instrument.burst(-1)}
        />
        <IconButton
          label="Next burst  ]"
          icon={<ChevronsRight className="icon" />}
          onPress={() => session?.instrument.burst(1)}
        />
      </div>
      <div className="tl-group">
        <IconButton label="Zoom out  −" icon={<ZoomOut className="icon" />} onPress={() => zoom(2)} />
        <IconButton label="Zoom in  +" icon={<ZoomIn className="icon" />} onPress={() => zoom(0.5)} />
        <IconButton label="The whole span  0" icon={<Maximize2 className="icon" />} onPress={whole} />
      </div>
    </div>
  );
}

/** Whether a lane of the drawing is not folded; before anything is drawn, whether one could be. */
export function anyOpen(folds: Folds, session: TimelineSession | null): boolean {
  const lanes = session?.instrument.stage.drawn?.whole.lanes;
  if (!lanes) return !folds.all;
  const named = new Set(folds.keys);
  for (const key of lanes.keys()) if (named.has(key) === folds.all) return true;
  return false;
}

/** Folds all lanes to lines, or unfolds them where all are folded. */
function FoldAll({ view, change, session }: Pick<ToolbarProps, 'view' | 'change' | 'session'>) {
  const open = anyOpen(view.folds, session);
  return (
    <IconButton
      label={open ? 'Fold all lanes  Shift+T' : 'Unfold all lanes  Shift+T'}
      icon={open ? <FoldVertical className="icon" /> : <UnfoldVertical className="icon" />}
      onPress={() => change({ folds: open ? { all: true, keys: [] } : noFolds })}
    />
  );
}
