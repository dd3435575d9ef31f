import { Failure } from '../../../shared/base/failure.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Emit, Handlers } from '../../../shared/contract/derive.ts';
import type { CaseInfo, CaseView, RecentCase } from '../../../shared/types/case.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import { mockCustody } from './custody.ts';
import { mockDatabases } from './databases.ts';
import { mockDestinations } from './destinations.ts';
import { appViews, detailOf, eventViewOf } from './events.ts';
import { batches, evidenceViews, summaryOf, warnings } from './evidence.ts';
import { mockExplanation } from './explanations.ts';
import { mockFindings } from './findings.ts';
import { folders, home } from './folders.ts';
import { playLive, prefilled } from './live-run.ts';
import { contactDetail, contactMatches, contactView } from './live-views.ts';
import { LiveWorld } from './live-world.ts';
import { mockOffer } from './offer.ts';
import { phoneScenes } from './phones.ts';
import { mockPages, reportSections } from './report.ts';
import { mockSearch } from './search.ts';
import { matches, overviewOf, windowOf } from './timeline.ts';
import { type MockStep, workshop } from './work.ts';
import { makeWorld, type World } from './world.ts';

const step = (
  id: string,
  title: string,
  ms: number,
  bytes: number,
  ends?: MockStep['ends'],
  note?: string,
): MockStep => ({
  id,
  title,
  ms,
  bytes,
  ...(ends ? { ends } : {}),
  ...(note ? { note } : {}),
});
const beside = (one: MockStep): MockStep => ({ ...one, beside: true });
const acquireSteps: readonly MockStep[] = [
  step('clock-before', 'Compare the clocks', 500, 480),
  step('properties', 'Properties', 400, 41_233),
  beside(step('users', 'Users', 300, 148)),
  step('sockets', 'Open connections', 500, 38_100),
  beside(step('connectivity', 'Networks of this moment', 900, 210_330)),
  step('netstats', 'Network history', 2600, 4_812_330),
  beside(step('packages-0', 'Packages of user 0', 700, 38_120)),
  beside(step('packages-10', 'Packages of user 10 “Second space”', 1100, 12_470)),
  step('package', 'Package details', 1500, 9_120_443),
  beside(step('appops', 'Permissions and their use', 1900, 1_204_112)),
  beside(step('isub', 'SIM cards', 300, 0, 'refused', 'The phone answered: Permission Denial.')),
  step('clock-after', 'Compare the clocks again', 400, 480),
  step('process', 'Read what arrived', 900, 13_900_000),
];

const info: CaseInfo = {
  number: '2026-117-03',
  examiner: 'A. Sharma',
  agency: 'State Forensic Laboratory',
  authority: 'Warrant 44/2026 of the district court, 2 November 2026',
  notes: 'Phone handed over switched on, battery at 61 %.',
  zone: null,
};

export interface MockChoices {
  /** A name of `phoneScenes`. */
  readonly phones?: string | undefined;
  /** Begin without recent cases, and with a case that holds nothing. */
  readonly empty?: boolean | undefined;
  /** How long work takes: 1 as on a phone, 0 at once. */
  readonly pace?: number;
  /** A live acquisition is under way when a case is opened; `nocounters`: of a phone that shows none. */
  readonly live?: 'counters' | 'nocounters' | undefined;
}

/** The contract's handlers over the made-up world. */
export function mockHandlers(emit: Emit<Contract>, choices: MockChoices = {}): Handlers<Contract> {
  let made: World | null = null;
  const world = () => {
    made ??= choices.empty ? { apps: [], events: [] } : makeWorld();
    return made;
  };
  const work = workshop((view) => emit('tasks', 'changed', view), choices.pace ?? 1);
  let live: LiveWorld | null = null;
  const seen = (filter: EventFilter) => {
    const volumes = [...world().events, ...(live?.volumes ?? [])].filter((event) => matches(event, filter));
    const contacts = (live?.contacts ?? []).filter((contact) => contactMatches(contact, filter));
    const found = [...volumes.map(eventViewOf), ...contacts.map(contactView)];
    if (contacts.length > 0) found.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    return found;
  };
  const findings = mockFindings(
    {
      events: ({ filter, fromUs, toUs }) => seen({ ...filter, fromUs, toUs }),
      totals: ({ by, filter }, fromUs, toUs) => windowOf(world(), { by, filter, fromUs, toUs, buckets: 1 }, live),
    },
    choices.empty === true,
  );
  const ended = new Set<string>();
  const watch = (task: string, caseId: string, from: number) => {
    live = new LiveWorld(world(), choices.live !== 'nocounters');
    return playLive({
      task,
      caseId,
      live,
      from,
      secondMs: 1000 * (choices.pace ?? 1),
      tell: (view) => emit('tasks', 'changed', view),
      grown: () => emit('cases', 'changed', { case: caseId }),
      isCancelled: () => ended.has(task),
    });
  };
  const custody = mockCustody(work.play);
  const databases = mockDatabases();
  const scene = phoneScenes[choices.phones ?? 'ready'] ?? phoneScenes.ready!;
  let recents: RecentCase[] = choices.empty
    ? []
    : [
        {
          path: `${home}/Cases/Redmi Note 7.phonehome`,
          name: 'Redmi Note 7',
          number: '2026-117-03',
          openedAt: '2026-11-21T09:12:00.000000Z',
          missing: false,
        },
        {
          path: `${home}/Cases/Галакси A52.phonehome`,
          name: 'Галакси A52',
          number: '2026-116-01',
          openedAt: '2026-11-19T15:40:00.000000Z',
          missing: false,
        },
        {
          path: '/media/usb/红米 9A.phonehome',
          name: '红米 9A',
          number: null,
          openedAt: '2026-10-30T11:05:00.000000Z',
          missing: true,
        },
      ];
  const opened = new Map<string, CaseView>();
  const openAt = (path: string, over: Partial<CaseView> = {}): CaseView => {
    if (path.startsWith('/media/usb')) {
      throw new Failure(
        'not-found',
        `There is no case at ${path}.`,
        'Plug in the disk it lies on, or take it off the list.',
      );
    }
    const name = path
      .split('/')
      .at(-1)!
      .replace(/\.phonehome$/, '');
    const view: CaseView = {
      id: `c${[...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_000, 7)}`,
      path,
      name,
      info,
      readOnly: false,
      sample: false,
      createdAt: '2026-11-08T08:02:11.000000Z',
      evidence: choices.empty ? 0 : 27,
      events: world().events.length,
      ...over,
    };
    opened.set(view.id, view);
    return view;
  };
  /** Any id opens, so that an address of the running page survives a reload. */
  const viewOf = (id: string): CaseView => opened.get(id) ?? { ...openAt(`${home}/Cases/Redmi Note 7.phonehome`), id };

  return {
    program: {
      info: async () => ({ version: '0.1.0', shell: 'test' as const, home, casesFolder: `${home}/Cases` }),
      folder: async ({ path }) => folders(path),
    },
    cases: {
      recent: async () => recents,
      forget: async ({ path }) => {
        recents = recents.filter((recent) => recent.path !== path);
        return null;
      },
      create: async ({ path, info: given }) => {
        if (path.includes('Redmi'))
          throw new Failure(
            'case-exists',
            `A case stands already at ${path}.`,
            'Choose another name, or open that case.',
          );
        return openAt(path.endsWith('.phonehome') ? path : `${path}.phonehome`, {
          info: given,
          evidence: 0,
          events: 0,
        });
      },
      open: async ({ path }) => openAt(path),
      sample: async ({ task }) => {
        await work.play(task, 'sample', null, [
          step('world', 'Start the practice phone', 600, 0),
          step('first', 'First acquisition', 1200, 13_900_000),
          step('second', 'Second acquisition', 1200, 14_100_000),
          step('read', 'Read what arrived', 900, 28_000_000),
        ]);
        return openAt(`${home}/Cases/Sample.phonehome`, { sample: true });
      },
      close: async () => null,
      view: async ({ case: id }) => {
        if (choices.live !== undefined && live === null) void watch('live-before', id, prefilled);
        return viewOf(id);
      },
    },
    phones: {
      list: async () => scene,
      look: async ({ case: id, task, serial, root }) => {
        await work.play(task, 'look', id, [
          step('files', 'Look for files that the owner made', 700, 0),
          step('apps', 'List the apps', 500, 0),
        ]);
        return mockOffer(serial, root === true);
      },
      pair: async ({ address }) => ({ ok: true, sentence: `Paired with ${address}.`, serial: null }),
      connect: async ({ address }) => ({ ok: true, sentence: `Connected to ${address}.`, serial: address }),
      acquire: async ({ case: id, task, profile }) => {
        if (profile === 'live') {
          await watch(task, id, 0);
          const told = { evidence: 6, events: 210, warnings: 0, refused: [], offsetMs: 412.9, offsetErrorMs: 10.2 };
          return { ...told, durationMs: (live?.rounds ?? 0) * 1000, state: 'complete' as const };
        }
        await work.play(task, 'acquire', id, acquireSteps);
        emit('cases', 'changed', { case: id });
        return {
          evidence: 12,
          events: 34_257,
          warnings: 3,
          refused: [
            {
              id: 'isub',
              command: 'dumpsys isub',
              state: 'refused',
              why: 'The phone does not let the shell user read SIM cards. Networks keep the numbers that the counters give; nothing else is missing.',
            },
            {
              id: 'usagestats',
              command: 'dumpsys usagestats',
              state: 'truncated',
              why: 'The answer ends before its own end. Screen times before 19 November are not known.',
            },
          ],
          durationMs: 7600,
          offsetMs: 412.9,
          offsetErrorMs: 10.2,
          driftMs: 0.4,
          driftErrorMs: 12,
          state: 'partial' as const,
          users: [
            { id: 0, name: 'Owner', running: true, covered: 'yes' as const, why: null },
            {
              id: 10,
              name: 'Second space',
              running: false,
              covered: 'partly' as const,
              why: 'The user was not running: Android keeps a part of its data locked away.',
            },
          ],
          notes: ['The phone’s clock was set forward by 41 minutes during the acquisition.'],
        };
      },
    },
    tasks: {
      cancel: async ({ task }) => {
        ended.add(task);
        work.cancel(task);
        return null;
      },
    },
    evidence: {
      import: async ({ case: id, task, paths }) => {
        await work.play(
          task,
          'import',
          id,
          paths.map((path) => step(path, path.split('/').at(-1)!, 900, 4_000_000)),
        );
        emit('cases', 'changed', { case: id });
        return {
          evidence: paths.map((path, n) => ({
            id: `E${28 + n}`,
            sha256: 'ab'.repeat(32),
            bytes: 4_000_000,
            name: path.split('/').at(-1)!,
            sections: ['dumpsys netstats'],
            already: n > 0,
          })),
          events: 1200,
          warnings: 1,
          failures: [],
        };
      },
      list: async () => (choices.empty ? [] : evidenceViews(live)),
      batches: async () => (choices.empty ? [] : [...batches]),
      warnings: async ({ after, limit }) => (choices.empty ? [] : warnings.slice(after, after + limit)),
      verify: async ({ case: id, task }) => {
        await work.play(task, 'verify', id, [
          step('hash', 'Hash every evidence file', 1500, 62_000_000),
          step('custody', 'Walk the custody log', 400, 40_000),
        ]);
        return { ok: true, checked: 31, failures: [], signature: custody.signature() };
      },
      rebuild: async ({ case: id, task }) => {
        await work.play(task, 'rebuild', id, [step('read', 'Read the evidence again', 1500, 62_000_000)]);
        return { evidence: [], events: world().events.length, warnings: warnings.length, failures: [] };
      },
    },
    custody: custody.group,
    timeline: {
      overview: async ({ bins }) => overviewOf(world(), bins, live),
      window: async (question) => windowOf(world(), question, live),
    },
    events: {
      list: async ({ filter, limit, offset }) => {
        const found = seen(filter);
        return { events: found.slice(offset, offset + limit), total: found.length };
      },
      savePackets: async ({ case: id, task, out }) => {
        await work.play(task, 'packets', id, [step('read', 'Read the capture again', 900, 48_000_000)]);
        return { path: out, packets: 148, expected: 148, bytes: 96_412, sha256: 'd7'.repeat(32) };
      },
      detail: async ({ id }) => {
        const contact = live?.contacts.find((one) => one.id === id);
        return contact ? contactDetail(contact) : detailOf(world(), id, live?.volumes);
      },
    },
    summary: {
      get: async () => {
        const apps = appViews(world());
        const sent = apps.reduce((sum, app) => sum + app.sent, 0);
        const received = apps.reduce((sum, app) => sum + app.received, 0);
        const summary = summaryOf(world(), { sent, received });
        const hosts = new Set(live?.contacts.map((one) => one.peer.host ?? one.peer.ip)).size;
        const contact = live?.contacts.length ?? 0;
        return live ? { ...summary, hosts, events: { ...summary.events, contact } } : summary;
      },
    },
    apps: { list: async () => appViews(world()) },
    destinations: { list: async ({ by, filter }) => mockDestinations(live, by, filter) },
    search: {
      find: async ({ case: id, text, limit }) => {
        const held = { apps: appViews(world()), live, findings: findings.list(), info: viewOf(id).info };
        return mockSearch(held, text, limit);
      },
    },
    databases,
    explain: { get: async ({ subject }) => mockExplanation(world(), live, subject) },
    findings: findings.handlers,
    report: {
      sections: async () => [...reportSections],
      preview: async ({ choices: chosen, maxPages }) => {
        const pages = mockPages(chosen.omit ?? [], chosen.date ?? '2026-11-22');
        return { pages: pages.slice(0, maxPages), truncated: pages.length > maxPages };
      },
      write: async ({ case: id, task, choices: chosen }) => {
        await work.play(task, 'report', id, [
          step('typeset', 'Typeset the report', 1300, 0),
          step('hash', 'Hash the file', 300, 910_000),
        ]);
        return {
          path: `${viewOf(id).path}/reports/report-2026-11-22.pdf`,
          pages: mockPages(chosen.omit ?? [], '').length + 22,
          bytes: 912_443,
          sha256: 'c4'.repeat(32),
        };
      },
    },
  };
}
