import { ChevronUp } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { LaneSize } from '../../timeline/frame.ts';
import { type Curve, curveNames, type FullHeight } from '../../timeline/value-scale.ts';
import { Segments } from '../../ui/Segments.tsx';
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
          <div className="tl-pop-row">
            <span>Full height</span>
            <Segments<FullHeight>
              label="Full height"
              value={view.full}
              onChange={(full) => change({ full })}
              options={[
                { key: 'lane', text: 'Each lane' },
                { key: 'way', text: 'Each way of a lane' },
                { key: 'all', text: 'All lanes' },
              ]}
            />
          </div>
          <div className="tl-pop-row">
            <span>Scale</span>
            <Segments<Curve>
              label="Scale"
              value={view.curve}
              onChange={(curve) => change({ curve })}
              options={[
                { key: 'linear', text: 'Linear' },
                { key: 'root', text: 'Square root' },
                { key: 'log', text: 'Logarithmic' },
              ]}
            />
          </div>
          <p className="tl-pop-words">
            Whatever is above nothing is at least one pixel high. The logarithmic scale shows five decades below full
            height.
          </p>
          <div className="tl-pop-row">
            <span>Lanes</span>
            <Segments<LaneSize>
              label="Height of the lanes"
              value={view.size}
              onChange={(size) => change({ size })}
              options={[
                { key: 'small', text: 'Low' },
                { key: 'medium', text: 'Medium' },
                { key: 'large', text: 'High' },
              ]}
            />
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
