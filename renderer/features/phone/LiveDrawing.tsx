import { useEffect, useRef, useState } from 'react';
import type { Micros } from '../../../shared/base/time.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { useLive } from '../../state/live.ts';
import { useLook } from '../../state/look.ts';
import { useZone } from '../../state/zone.ts';
import type { LiveMoment } from '../../timeline/live/live-moments.ts';
import { LiveStrip } from '../../timeline/live/live-strip.ts';

interface LiveDrawingProps {
  readonly task: string;
  readonly live: LiveView;
  readonly nowUs: Micros;
  /** The same in words, for those who do not see it. */
  readonly label: string;
}

const spanUs: Micros = 5 * 60_000_000;
const none: readonly LiveMoment[] = [];

/** The last minutes as they come: bytes each way, and how many connections were open. */
export function LiveDrawing({ task, live, nowUs, label }: LiveDrawingProps) {
  const host = useRef<HTMLDivElement>(null);
  const [strip, setStrip] = useState<LiveStrip | null>(null);
  const moments = useLive((state) => state.byTask[task]?.moments) ?? none;
  const zone = useZone();
  const theme = useLook((state) => state.theme);
  useEffect(() => {
    if (!host.current) return;
    const made = new LiveStrip(host.current);
    setStrip(made);
    return () => {
      made.destroy();
      setStrip(null);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page
  useEffect(() => strip?.refreshTheme(), [strip, theme]);
  const { startedUs, lastUs, gaps } = live;
  useEffect(
    () => strip?.show({ nowUs, spanUs, startedUs, lastUs, moments, gaps, zone }),
    [strip, nowUs, startedUs, lastUs, moments, gaps, zone],
  );
  return <div ref={host} className="live-drawing" role="img" aria-label={label} />;
}
