import {
  Ban,
  Check,
  Circle,
  CircleDashed,
  CircleSlash,
  Clock,
  LoaderCircle,
  type LucideIcon,
  Scissors,
  SkipForward,
  Unplug,
} from 'lucide-react';
import './state-mark.css';

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'busy';

const marks: Readonly<Record<string, readonly [LucideIcon, Tone]>> = {
  complete: [Check, 'good'],
  running: [LoaderCircle, 'busy'],
  waiting: [Circle, 'quiet'],
  refused: [Ban, 'warn'],
  unavailable: [CircleSlash, 'warn'],
  truncated: [Scissors, 'warn'],
  'timed out': [Clock, 'warn'],
  interrupted: [Unplug, 'bad'],
  skipped: [SkipForward, 'quiet'],
  partial: [CircleDashed, 'warn'],
  cancelled: [CircleSlash, 'warn'],
};

/** A state as a sign and its word. */
export function StateMark({ state, bare = false }: { state: string; bare?: boolean }) {
  const [Sign, tone] = marks[state] ?? [Circle, 'quiet'];
  return (
    <span className={`mark mark-${tone}`} title={bare ? state : undefined}>
      <Sign className="icon" />
      <span className={bare ? 'unseen' : undefined}>{state}</span>
    </span>
  );
}
