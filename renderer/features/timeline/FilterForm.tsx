import { useMemo } from 'react';
import type { AppView } from '../../../shared/types/app.ts';
import type { ViewFilter } from '../../state/event-filter.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { DestinationChoices } from '../filters/DestinationChoices.tsx';
import type { DestinationNames } from '../filters/use-destination-names.ts';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';

interface FilterFormProps {
  readonly filter: ViewFilter;
  readonly put: (part: Partial<ViewFilter>) => void;
  readonly apps: readonly AppView[];
  /** What the case knows of destinations, to choose from. */
  readonly known: DestinationNames;
  readonly session: TimelineSession | null;
}

const any = '\u0000any';
const sizes = ['0', '1000', '10000', '100000', '1000000', '10000000'] as const;
const sizeWords = ['Any size', '1 kB or more', '10 kB or more', '100 kB or more', '1 MB or more', '10 MB or more'];

/** All filters in one place; each takes effect at once. */
export function FilterForm({ filter, put, apps, known, session }: FilterFormProps) {
  const appOptions = useMemo(
    () => [
      { key: any, text: 'Every app' },
      ...apps.toSorted((a, b) => b.sent - a.sent).map((app) => ({ key: String(app.uid), text: app.name })),
    ],
    [apps],
  );
  const drawn = useSessionState(session, (state) => state.drawn);
  const networks = useMemo(() => {
    const names = new Set<string>();
    for (const row of session?.instrument.stage.rows ?? []) {
      if (row.is === 'network') for (const mark of row.marks) names.add(mark.name);
    }
    if (drawn?.subject.by === 'network') for (const lane of drawn.whole.lanes.values()) names.add(lane.name);
    if (filter.network !== undefined) names.add(filter.network);
    return [{ key: any, text: 'Every network' }, ...[...names].map((name) => ({ key: name, text: name }))];
  }, [session, drawn, filter.network]);
  const size = sizes.findLast((bytes) => Number(bytes) <= (filter.minBytes ?? 0)) ?? '0';
  return (
    <div className="tl-form">
      <div className="tl-pop-row">
        <span>Direction</span>
        <Segments
          label="Direction"
          value={filter.direction ?? 'both'}
          onChange={(way) => put({ direction: way === 'both' ? undefined : way })}
          options={[
            { key: 'both', text: 'Both' },
            { key: 'sent', text: '↑ Sent' },
            { key: 'received', text: '↓ Received' },
          ]}
        />
      </div>
      <Tick checked={filter.backgroundOnly === true} onChange={(on) => put({ backgroundOnly: on || undefined })}>
        Background only: while the app was not in front
      </Tick>
      <Tick checked={filter.optionalOnly === true} onChange={(on) => put({ optionalOnly: on || undefined })}>
        Optional services only: those that a user can switch off
      </Tick>
      <Choice
        label="Smallest interval, sent and received together"
        value={size}
        onChange={(bytes) => put({ minBytes: bytes === '0' ? undefined : Number(bytes) })}
        options={sizes.map((key, i) => ({ key, text: sizeWords[i] ?? key }))}
      />
      <Choice
        label="App"
        value={filter.app ?? any}
        onChange={(app) => put({ app: app === any ? undefined : app })}
        options={appOptions}
      />
      <Choice
        label="Network"
        value={filter.network ?? any}
        onChange={(network) => put({ network: network === any ? undefined : network })}
        options={networks}
      />
      <DestinationChoices filter={filter} put={put} known={known} />
    </div>
  );
}
