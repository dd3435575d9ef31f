import type { AcquisitionExtra } from '../../../shared/types/acquisition.ts';
import type { BatchView } from '../../../shared/types/summary.ts';
import type { Ask, Profile } from '../../state/acquisition.ts';

/** What stands in the panel before an acquisition. */
export interface Draft {
  readonly how: Profile | 'resume';
  readonly extras: ReadonlySet<AcquisitionExtra>;
  readonly root: boolean;
  readonly packets: boolean;
  /** Live only, a key of `liveSpans`. */
  readonly span: LiveSpan;
}

export const emptyDraft: Draft = { how: 'full', extras: new Set(), root: false, packets: false, span: 'open' };

/** How long a live acquisition lasts; `ms` null: until it is ended. */
export const liveSpans = [
  { key: 'open', text: 'Until I end it', ms: null },
  { key: '10m', text: 'For 10 minutes', ms: 600_000 },
  { key: '1h', text: 'For one hour', ms: 3_600_000 },
  { key: '8h', text: 'For 8 hours', ms: 8 * 3_600_000 },
  { key: '24h', text: 'For 24 hours', ms: 24 * 3_600_000 },
] as const;
export type LiveSpan = (typeof liveSpans)[number]['key'];

/** What a choice takes, in a sentence, and how long that is on a usual phone. */
export interface HowMuch {
  readonly key: Profile | 'resume';
  readonly name: string;
  readonly time: string;
  readonly words: string;
}

export const profiles: readonly HowMuch[] = [
  {
    key: 'quick',
    name: 'Quick',
    time: 'under 30 s',
    words: 'Who the phone is, its clocks, users and apps, and its whole network history: enough for the timeline.',
  },
  {
    key: 'full',
    name: 'Full',
    time: '1 to 3 min',
    words:
      'All of Quick, and what explains it: logs, open connections, permissions and their use, app usage, battery, jobs, settings.',
  },
  {
    key: 'live',
    name: 'Live',
    time: 'until you end it',
    words: 'Watches the phone in use: connections every second, counters every few, each kept and drawn as it comes.',
  },
];

/** To go on with an acquisition that was broken off, or that did not get all. */
export function resumeChoice({ id, profile, state }: BatchView): HowMuch {
  const which = `acquisition ${id}${profile === null ? '' : ` (${profile})`}`;
  return {
    key: 'resume',
    name: state === 'partial' ? `Ask again for what acquisition ${id} lacks` : `Go on where acquisition ${id} stopped`,
    time: 'what is missing',
    words: `Only what ${which} does not have yet, with the same choices. It must be the same phone: who it is, its users and both clocks are taken anew, and whether it was started anew meanwhile is said.`,
  };
}

/** What is asked of the engine; `chosen` is what was picked of the phone's offer. */
export function askOf(
  draft: Draft,
  chosen: { readonly files: ReadonlySet<string>; readonly apks: ReadonlySet<string> },
): Ask {
  // What was asked for then is asked for again by the engine itself.
  if (draft.how === 'resume') return { profile: 'full', resume: true };
  const live = draft.how === 'live';
  const ms = liveSpans.find(({ key }) => key === draft.span)?.ms ?? null;
  return {
    profile: draft.how,
    // Nothing of what changes the phone belongs to watching it.
    ...(!live && draft.extras.size > 0 && { extras: [...draft.extras] }),
    ...(draft.root && { root: true }),
    ...(chosen.files.size > 0 && { files: [...chosen.files] }),
    ...(chosen.apks.size > 0 && { apks: [...chosen.apks] }),
    ...(live && ms !== null && { forMs: ms }),
    ...(live && draft.root && draft.packets && { packets: true }),
  };
}
