import { ChevronUp } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { LaneSize } from '../../../shared/timeline/frame.ts';
import { type Curve, curveNames, type FullHeight } from '../../../shared/timeline/value-scale.ts';
import { Segments, type SegmentsProps } from '../../ui/Segments.tsx';
import type { TimelineView } from './view-address.ts';

interface ViewMenuProps {
  readonly view: TimelineView;
  readonly change: (part: Partial<TimelineView>) => void;
}

const fullTexts: Readonly<Record<FullHeight, string>> = {
  lane: 'each lane its own scale',
  way: 'each lane and way its own scale',
  all: 'one scale for all lanes',
};

/** The scale in a few words, the same wherever it is written. */
export function scaleText(view: TimelineView): string {
  return `${fullTexts[view.full]}, ${curveNames[view.curve].split(',')[0]}`;
}

interface RowProps<K extends string> extends Omit<SegmentsProps<K>, 'label'> {
  readonly title: string;
  readonly label?: string;
}

/** One choice of the menu; `label` says more than the title where that needs it. */
function Row<K extends string>({ title, label = title, ...rest }: RowProps<K>) {
  return (
    <div className="tl-pop-row">
      <span>{title}</span>
      <Segments<K> label={label} {...rest} />
    </div>
  );
}

/** How heights are to be read, and how high lanes are. */
export function ViewMenu({ view, change }: ViewMenuProps) {
  return (
    <DialogTrigger>
      <Button className="tl-scale-button">
        Heights: {scaleText(view)}
        <ChevronUp className="icon" />
      </Button>
      <Popover className="popover tl-pop" offset={6} placement="top end">
        <Dialog className="tl-pop-body">
          <Heading slot="title" className="tl-pop-title">
            How heights are read
          </Heading>
          <p className="tl-pop-words">
            A block is as wide as its interval; its height is bytes an hour. Full height is the highest interval of the
            whole span, so moving through time never changes the scale.
          </p>
          <Row<FullHeight>
            title="Full height"
            value={view.full}
            onChange={(full) => change({ full })}
            options={[
              { key: 'lane', text: 'Each lane' },
              { key: 'way', text: 'Each way of a lane' },
              { key: 'all', text: 'All lanes' },
            ]}
          />
          <Row<Curve>
            title="Scale"
            value={view.curve}
            onChange={(curve) => change({ curve })}
            options={[
              { key: 'linear', text: 'Linear' },
              { key: 'root', text: 'Square root' },
              { key: 'log', text: 'Logarithmic' },
            ]}
          />
          <p className="tl-pop-words">
            Whatever is above nothing is at least one pixel high. The logarithmic scale shows five decades below full
            height.
          </p>
          <Row<LaneSize>
            title="Lanes"
            label="Height of the lanes"
            value={view.size}
            onChange={(size) => change({ size })}
            options={[
              { key: 'small', text: 'Low' },
              { key: 'medium', text: 'Medium' },
              { key: 'large', text: 'High' },
            ]}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
