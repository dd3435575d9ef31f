import { Failure } from '../../../shared/base/failure.ts';
import { isoOf, microsOf } from '../../../shared/base/time.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/derive.ts';
import type { EventView } from '../../../shared/types/event.ts';
import type {
  CiteChoice,
  CitedEventView,
  FindingState,
  FindingTotals,
  FindingView,
  FindingWindow,
} from '../../../shared/types/finding.ts';
import type { WindowView } from '../../../shared/types/timeline.ts';

type Proposal = Pick<FindingView, 'id' | 'rule' | 'title' | 'text' | 'limits' | 'events' | 'app'>;

const proposals: readonly Proposal[] = [
  {
    id: 'f1',
    rule: 'optional-service-background',
    title: 'Optional service Mi Cloud: 214 MB counted as sent in the background',
    text: 'Between 7 October and 8 November the phone counted 214 MB sent by uids of Mi Cloud, 96 % of it not in the foreground. After 8 November no bytes were counted for them.',
    limits:
      'The counters do not say to whom the bytes went, nor what they held. The service list says that Mi Cloud is optional; the phone’s own setting was not read.',
    events: ['v12', 'v118', 'v402', 'v977'],
    app: '小米云服务',
  },
  {
    id: 'f2',
    rule: 'night-sender',
    title: 'Service Update sent at night on 31 of 42 nights',
    text: 'The phone counted bytes sent by com.example.updates between 00:00 and 06:00 of its own zone on 31 of the 42 nights that the history covers. The app was installed from a file.',
    limits:
      'A bucket is two hours wide: the moment inside it is not known. Traffic at night may be planned by the system.',
    events: ['v31', 'v240'],
    app: 'Service Update',
  },
  {
    id: 'f3',
    rule: 'removed-app',
    title: 'Apps that are no longer installed sent 12.4 MB',
    text: 'The phone keeps one common counter for removed apps. It holds 12.4 MB sent between 9 and 30 October.',
    limits: 'Which apps they were is not in this counter.',
    events: ['v77'],
    app: 'Removed apps',
  },
];

const bare = {
  decision: null,
  note: null,
  made: null,
  changed: null,
  window: null,
  totals: null,
  cited: [],
  picture: null,
};

/** What the made-up phone is asked for. */
export interface MockAsked {
  events(window: FindingWindow): EventView[];
  totals(window: FindingWindow, fromUs: number, toUs: number): WindowView;
}

/** Findings that are held as long as the page is. */
export function mockFindings(
  asked: MockAsked,
  empty: boolean,
): { handlers: Handlers<Contract>['findings']; list(): FindingView[] } {
  let list: FindingView[] = empty
    ? []
    : proposals.map((one) => ({ ...bare, ...one, key: `${one.rule} ${one.id}`, state: 'open', lines: [] }));
  const pictures = new Map<string, string>();
  let line = 40;
  const now = () => ({ at: isoOf(Date.now() * 1000), who: 'a.sharma' });
  const find = (key: string): FindingView => {
    const found = list.find((one) => one.key === key || one.id === key);
    if (!found) throw new Failure('not-found', `There is no finding ${key} in this case.`);
    return found;
  };
  const put = (finding: FindingView): FindingView => {
    line += 1;
    const said = { ...finding, lines: [...finding.lines, line] };
    list = list.some(({ key }) => key === said.key)
      ? list.map((one) => (one.key === said.key ? said : one))
      : [...list.filter(({ rule }) => rule === null), said, ...list.filter(({ rule }) => rule !== null)];
    return said;
  };
  const draft = (window: FindingWindow | null, cite: CiteChoice) => {
    if (window === null) return { totals: null, cited: [], available: 0 };
    const stretch = window.selection ?? window;
    const events = asked.events({ ...window, ...stretch });
    const size = (event: EventView) => (event.sent ?? 0) + (event.received ?? 0);
    const chosen =
      'ids' in cite
        ? events.filter(({ id }) => cite.ids.includes(id))
        : [...events].sort((a, b) => size(b) - size(a)).slice(0, cite.largest);
    const view = asked.totals(window, stretch.fromUs, stretch.toUs);
    const counted = events.filter((event) => event.counted).length;
    const totals: FindingTotals = {
      fromUs: stretch.fromUs,
      toUs: stretch.toUs,
      sent: view.sent,
      received: view.received,
      sentBackground: view.sentBackground,
      receivedBackground: view.receivedBackground,
      events: counted,
      others: events.length - counted,
      lanes: [...view.lanes]
        .sort((a, b) => b.sent - a.sent)
        .slice(0, 40)
        .map((lane) => {
          const { key, name, sent, received, sentBackground, receivedBackground, events: n } = lane;
          return { key, name, sent, received, sentBackground, receivedBackground, events: n };
        }),
      lanesMore: Math.max(0, view.lanes.length - 40),
    };
    return { totals, cited: chosen.map(citedOf), available: events.length };
  };
  const handlers: Handlers<Contract>['findings'] = {
    list: async () => list,
    draft: async ({ window, cite }) => draft(window, cite),
    make: async ({ finding: { title, text, window, cite, picture } }) => {
      if (title.trim() === '') throw new Failure('wrong-use', 'The title is empty.');
      const number = list.filter(({ rule }) => rule === null).length + 1;
      const { totals, cited } = draft(window, cite);
      const key = `m${number}`;
      if (picture !== null) pictures.set(key, picture);
      const sha256 = number.toString(16).padStart(64, 'a');
      return put({
        ...bare,
        id: key,
        key,
        rule: null,
        title: title.trim(),
        text: text.trim(),
        limits: 'The examiner’s own words. A count of bytes says nothing of their content.',
        state: 'accepted',
        app: null,
        events: cited.flatMap(({ id }) => id ?? []),
        made: now(),
        window,
        totals,
        cited,
        picture:
          picture === null
            ? null
            : { file: `findings/${sha256}.svg`, sha256, bytes: picture.length, width: 1280, height: 600 },
        lines: [],
      });
    },
    edit: async ({ key, title, text }) => put({ ...find(key), title: title.trim(), text: text.trim(), changed: now() }),
    decide: async ({ key, state, reason }) => {
      const needsReason: readonly FindingState[] = ['rejected', 'withdrawn'];
      if (needsReason.includes(state) && !reason?.trim())
        throw new Failure('wrong-use', `A finding is ${state} with a reason, and none was given.`);
      return put({ ...find(key), state, decision: { ...now(), state, reason, outdated: false } });
    },
    move: async ({ key, place }) => {
      const moved = find(key);
      const rest = list.filter((one) => one !== moved);
      rest.splice(place, 0, moved);
      list = rest;
      return list;
    },
    picture: async ({ key }) => {
      const svg = pictures.get(find(key).key);
      if (svg === undefined) throw new Failure('not-found', `The finding ${key} has no picture.`);
      return { svg };
    },
  };
  return { handlers, list: () => list };
}

function citedOf(event: EventView): CitedEventView {
  const { id, kind, sent, received, uid, app, remote, evidence } = event;
  return {
    id,
    same: true,
    kind,
    sha256: 'c4'.repeat(32),
    evidence: evidence.id,
    section: evidence.section,
    member: null,
    line: evidence.line,
    offset: evidence.offset,
    fromUs: microsOf(event.from) ?? 0,
    toUs: microsOf(event.to) ?? 0,
    sent,
    received,
    uid,
    app,
    peer: remote?.host ?? remote?.ip ?? null,
  };
}
