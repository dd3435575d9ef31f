import { lackingByReason } from '../../../shared/text/lacking.ts';
import { coverageSentence } from '../../../shared/text/user-coverage.ts';
import { bytesInFull, durationText, groupedNumber } from '../../../shared/timeline/formats.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { acquire, putAcquisitionAway } from '../../state/acquisition.ts';
import { go } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { usePhones } from '../../state/phones.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { LackingList } from '../../ui/LackingList.tsx';
import { spentText } from '../../ui/spent-text.ts';
import { brokenOff } from './broken-off.ts';
import { driftText, offsetText } from './clock-words.ts';
import { gapsText } from './live-words.ts';

const kept = 'What had arrived is kept and hashed; the case is valid and says what is missing.';
const endings: Readonly<
  Record<AcquireOutcome['state'], readonly [tone: 'good' | 'warn', title: string, words: string | null]>
> = {
  complete: ['good', 'The acquisition is complete. Every command answered.', null],
  partial: [
    'warn',
    'The acquisition is done. Some commands gave less than was asked for.',
    'The list says what that means.',
  ],
  interrupted: [
    'warn',
    'The phone was gone before the end.',
    `${kept} Plug the phone in and choose to go on where this acquisition stopped: only what is missing is taken then.`,
  ],
  cancelled: ['warn', 'The acquisition was cancelled.', `${kept} It can be gone on with.`],
};

const liveEnding = ['good', 'The live acquisition is complete. It ended as it was asked to.', null] as const;

interface OutcomeProps {
  readonly caseId: string;
  readonly serial: string | null;
  readonly outcome: AcquireOutcome;
  /** What a live acquisition had seen when it ended; null for one that was none. */
  readonly live: LiveView | null;
}

/** What was watched, as far as the last news told. */
function watched(live: LiveView, ms: number | null): readonly (readonly [string, string])[] {
  const endUs = live.lastUs ?? live.startedUs;
  const watchedUs = ms === null ? endUs - live.startedUs : ms * 1000;
  return [
    ['Watched', `${durationText(Math.round(watchedUs / 1e6) * 1e6)}, ${groupedNumber(live.rounds)} looks`],
    ['Gaps', gapsText(live.gaps, endUs)],
    ...(live.sent === null || live.received === null
      ? []
      : ([
          ['Sent meanwhile', `${bytesInFull(live.sent)} by the phone’s counters`],
          ['Received meanwhile', `${bytesInFull(live.received)} by the phone’s counters`],
        ] as const)),
    ...(live.packetBytes === null ? [] : ([['Packets kept', bytesInFull(live.packetBytes)]] as const)),
  ];
}

/** What came of an acquisition: what an examiner must read first, its figures, and what was refused. */
export function AcquisitionOutcome({ caseId, serial, outcome, live }: OutcomeProps) {
  const [tone, title, words] = live !== null && outcome.state === 'complete' ? liveEnding : endings[outcome.state];
  const users = outcome.users ?? [];
  const notes = [
    ...(outcome.notes ?? []),
    ...users.filter(({ covered }) => covered !== 'yes').map((user) => coverageSentence(user)),
  ];
  const there = usePhones(
    ({ view }) => view?.devices.some((device) => device.serial === serial && device.state === 'device') ?? false,
  );
  const broken = outcome.state === 'interrupted' || outcome.state === 'cancelled';
  const lacks = useCase((state) => brokenOff(state.summary?.batches ?? [])?.state === 'partial');
  const goOn = () => {
    if (serial !== null) void acquire(caseId, serial, { profile: 'full', resume: true });
  };
  return (
    <>
      <Box tone={tone} title={title} live>
        {words === null ? null : <p>{words}</p>}
      </Box>
      {notes.length === 0 ? null : (
        <Box tone="warn" title="To be read before relying on it">
          <ul className="outcome-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Box>
      )}
      <Facts
        list={[
          ...(live === null ? [] : watched(live, outcome.live?.ms ?? null)),
          ['Evidence files', groupedNumber(outcome.evidence)],
          ['Events', groupedNumber(outcome.events)],
          ['Warnings', groupedNumber(outcome.warnings)],
          ['Time taken', spentText(outcome.durationMs)],
          ['Clocks', offsetText(outcome.offsetMs, outcome.offsetErrorMs)],
          ...(outcome.driftMs === undefined || outcome.driftMs === null
            ? []
            : ([['Clocks meanwhile', driftText(outcome.driftMs, outcome.driftErrorMs ?? null)]] as const)),
          ...(users.length === 0
            ? []
            : ([
                [
                  'Users',
                  `${users.filter(({ covered }) => covered === 'yes').length} of ${users.length} covered in full`,
                ],
              ] as const)),
        ]}
      />
      {outcome.refused.length === 0 ? null : (
        <section aria-label="What was refused">
          <h3>What was refused or cut off, and what that means</h3>
          <div className="refused">
            <LackingList lacking={lackingByReason(outcome.refused)} />
          </div>
        </section>
      )}
      <div className="acquire-acts">
        <Button onPress={putAcquisitionAway}>Acquire again</Button>
        <Button onPress={() => go('evidence')}>See the evidence</Button>
        {outcome.state === 'partial' && lacks && there ? (
          <Button onPress={goOn}>Ask again for what it lacks</Button>
        ) : null}
        {broken && there ? (
          <Button look="primary" onPress={goOn}>
            Go on where it stopped
          </Button>
        ) : (
          <Button look="primary" onPress={() => go('timeline')}>
            See the timeline
          </Button>
        )}
      </div>
    </>
  );
}
