import { useState } from 'react';
import { FieldError, Input, TextField } from 'react-aria-components';
import { DAY } from '../../../shared/base/time.ts';
import { fieldText } from '../../../shared/timeline/formats.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import { readTyped } from '../../timeline/typed-time.ts';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';

/** The ends of the window, to be read and to be typed. */
export function RangeFields({ session, zone }: { session: TimelineSession | null; zone: Zone }) {
  const view = useSessionState(session, (state) => state.view);
  const grain = view && view.toUs - view.fromUs > DAY / 4 ? 60_000_000 : 1_000_000;
  const shown = (us: number) => fieldText(Math.round(us / grain) * grain, zone);
  const go = (next: Viewport): string | null => {
    if (next.toUs <= next.fromUs) return 'The end must be later than the beginning.';
    session?.instrument.goTo(next);
    session?.instrument.focus();
    return null;
  };
  if (!view) return null;
  return (
    <div className="tl-range">
      <TimeField
        label="From"
        shown={shown(view.fromUs)}
        zone={zone}
        end="from"
        onTime={(us) => go({ fromUs: us, toUs: us < view.toUs ? view.toUs : us + (view.toUs - view.fromUs) })}
      />
      <span aria-hidden="true">–</span>
      <TimeField
        label="To"
        shown={shown(view.toUs)}
        zone={zone}
        end="to"
        onTime={(us) => go({ fromUs: us > view.fromUs ? view.fromUs : us - (view.toUs - view.fromUs), toUs: us })}
      />
    </div>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly shown: string;
  readonly zone: Zone;
  readonly end: 'from' | 'to';
  /** Goes there; answers with what is wrong, if anything. */
  readonly onTime: (us: number) => string | null;
}

function TimeField({ label, shown, zone, end, onTime }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = () => {
    setTyped(null);
    setProblem(null);
  };
  const take = () => {
    if (typed === null || typed === shown) return leave();
    const read = readTyped(typed, zone, end);
    const wrong = 'problem' in read ? read.problem : onTime(read.us);
    if (wrong) setProblem(wrong);
    else leave();
  };
  return (
    <TextField
      className="tl-time"
      aria-label={`${label}, time in ${zone.name}`}
      value={typed ?? shown}
      onChange={(text) => {
        setTyped(text);
        setProblem(null);
      }}
      onBlur={leave}
      onKeyDown={(press) => {
        if (press.key === 'Enter') take();
        if (press.key === 'Escape') leave();
      }}
      isInvalid={problem !== null}
    >
      <Input className="input" spellCheck={false} />
      <FieldError className="tl-time-problem">{problem}</FieldError>
    </TextField>
  );
}
