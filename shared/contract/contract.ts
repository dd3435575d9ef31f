import { z } from 'zod';
import { acquisitionExtras, acquisitionProfiles } from '../types/acquisition.ts';
import { appView } from '../types/app.ts';
import { caseInfo, caseView, folderView, openedCase, recentCase } from '../types/case.ts';
import {
  custodyLineView,
  sealOutcome,
  signingKeyView,
  signOutcome,
  stampOutcome,
  stampRequestOutcome,
  unsealOutcome,
} from '../types/custody.ts';
import { databaseView } from '../types/database.ts';
import { destinationGroups, destinationsView } from '../types/destination.ts';
import { connectOutcome, phoneLook, phonesView } from '../types/device.ts';
import { eventDetail, eventFilter, eventView, savedPackets } from '../types/event.ts';
import { explanation } from '../types/explanation.ts';
import {
  citeChoice,
  findingDraft,
  findingLimits,
  findingStates,
  findingView,
  findingWindow,
  newFinding,
} from '../types/finding.ts';
import { acquireOutcome, importOutcome, reportOutcome, reportPreview, verifyOutcome } from '../types/outcome.ts';
import { searchView } from '../types/search.ts';
import { batchView, evidenceView, summaryView, warningView } from '../types/summary.ts';
import { taskView } from '../types/task.ts';
import { laneChoice, laneKeys, overviewView, windowView } from '../types/timeline.ts';
import { call, event } from './derive.ts';

const inCase = z.object({ case: z.string() });
const nothing = z.null();
const findingKey = z.string().min(1).max(300);
const findingReason = z.string().max(findingLimits.reason).nullable();
const firstBars = z.number().int().min(1).max(1000).optional();
const task = z.string().min(1).max(100);
const paths = z.array(z.string().min(1)).max(100);
const reportChoices = z.object({
  /** Sections to leave out, by id; see `report.sections`. */
  omit: z.array(z.string()).optional(),
  /** The date printed on the report, ISO 8601; the same case and date give the same bytes. */
  date: z.string().optional(),
});

/**
 * The one contract between any window and the engine. Every end (Electron, web, test double) is derived from
 * it; arguments are checked at the host's door. Values survive JSON and structured clone.
 */
export const contract = {
  program: {
    info: call(
      nothing,
      z.object({
        version: z.string(),
        shell: z.enum(['electron', 'web', 'test']),
        home: z.string(),
        casesFolder: z.string(),
      }),
    ),
    folder: call(z.object({ path: z.string().nullable() }), folderView),
  },
  cases: {
    recent: call(nothing, z.array(recentCase)),
    forget: call(z.object({ path: z.string() }), nothing),
    create: call(z.object({ path: z.string().min(1), info: caseInfo }), caseView),
    /** `bars`: the first picture is wanted too, with the intervals of so many lanes. */
    open: call(z.object({ path: z.string().min(1), bars: firstBars }), openedCase),
    sample: call(z.object({ task, bars: firstBars }), openedCase),
    close: call(inCase, nothing),
    view: call(inCase, caseView),
    changed: event(z.object({ case: z.string() })),
  },
  phones: {
    list: call(nothing, phonesView),
    changed: event(phonesView),
    acquire: call(
      z.object({
        case: z.string(),
        task,
        serial: z.string().nullable(),
        profile: z.enum(acquisitionProfiles),
        /** What is to be done although it changes the phone; absent: nothing. */
        extras: z.array(z.enum(acquisitionExtras)).optional(),
        /** Goes on with the last acquisition, which was broken off or cut short: with its profile, and only with what is missing. */
        resume: z.boolean().optional(),
        /** How long a phone that goes away is waited for, milliseconds each time; absent or 0: not at all. */
        waitMs: z.number().int().min(0).max(86_400_000).optional(),
        /** Uses root where the phone has it; absent: never. */
        root: z.boolean().optional(),
        /** Files of the owner to take, as `look` names them. */
        files: z.array(z.string().min(1).max(4096)).max(1000).optional(),
        /** Packages whose base APKs are taken. */
        apks: z.array(z.string().min(1).max(300)).max(1000).optional(),
        /** Live only: ends by itself after so many milliseconds; absent: when the task is cancelled, which is no failure then. */
        forMs: z.number().int().min(1).optional(),
        /** Live, with root: streams the phone's packets into the case besides. */
        packets: z.boolean().optional(),
      }),
      acquireOutcome,
    ),
    /** Asks the phone what it offers beyond the usual; the questions stand in the case's custody log. */
    look: call(
      z.object({ case: z.string(), task, serial: z.string().nullable(), root: z.boolean().optional() }),
      phoneLook,
    ),
    /** Pairs with a phone over the network: the address and code that its screen shows. */
    pair: call(z.object({ address: z.string().min(1).max(300), code: z.string().min(1).max(100) }), connectOutcome),
    connect: call(z.object({ address: z.string().min(1).max(300) }), connectOutcome),
  },
  tasks: {
    cancel: call(z.object({ task }), nothing),
    changed: event(taskView),
  },
  evidence: {
    import: call(z.object({ case: z.string(), task, paths: z.array(z.string()).min(1).max(10_000) }), importOutcome),
    list: call(inCase, z.array(evidenceView)),
    batches: call(inCase, z.array(batchView)),
    warnings: call(
      inCase.extend({ limit: z.number().int().min(1).max(100_000), after: z.number().int() }),
      z.array(warningView),
    ),
    /** `keys` and `authorities` are files on the engine's machine: public keys, certificates of time-stamp authorities. */
    verify: call(inCase.extend({ task, keys: paths.optional(), authorities: paths.optional() }), verifyOutcome),
    rebuild: call(inCase.extend({ task }), importOutcome),
  },
  custody: {
    /** The examiner's signing key; null where none was made. The private half never crosses the wire. */
    key: call(nothing, signingKeyView.nullable()),
    createKey: call(z.object({ name: z.string().nullable(), passphrase: z.string() }), signingKeyView),
    /** The custody log from line `after` on, in its order. */
    log: call(
      inCase.extend({ after: z.number().int().min(0), limit: z.number().int().min(1).max(5000) }),
      z.object({ lines: z.array(custodyLineView), total: z.number().int() }),
    ),
    sign: call(inCase.extend({ task, passphrase: z.string() }), signOutcome),
    requestStamp: call(inCase.extend({ out: z.string().min(1) }), stampRequestOutcome),
    takeStamp: call(inCase.extend({ file: z.string().min(1), authorities: paths }), stampOutcome),
    seal: call(inCase.extend({ task, to: z.array(z.string()).max(100), out: z.string().min(1) }), sealOutcome),
    unseal: call(
      z.object({ task, file: z.string().min(1), identities: z.string().min(1), out: z.string().min(1) }),
      unsealOutcome,
    ),
  },
  timeline: {
    overview: call(inCase.extend({ bins: z.number().int().min(10).max(5000) }), overviewView),
    window: call(
      inCase.extend({
        by: z.enum(laneKeys),
        fromUs: z.number(),
        toUs: z.number(),
        /** How many drawable steps the window has: one a pixel. */
        buckets: z.number().int().min(1).max(10_000),
        filter: eventFilter,
        /** Keys of the lanes that are wanted; left out: all. Sums of the answer are those of its lanes. */
        lanes: z.array(z.string().max(1000)).max(1000).optional(),
        /** Which of them are told in full; the others are added up (`rest`). Left out: all. */
        first: laneChoice.optional(),
        /** So many lanes have their intervals, the largest senders first; each other one is told in one step. Left out: all have them. */
        bars: z.number().int().min(1).max(1000).optional(),
        /** Whether intervals come as texts (`packed` of a lane). */
        packed: z.boolean().optional(),
      }),
      windowView,
    ),
  },
  events: {
    list: call(
      inCase.extend({ filter: eventFilter, limit: z.number().int().min(1).max(5000), offset: z.number().int().min(0) }),
      z.object({ events: z.array(eventView), total: z.number().int() }),
    ),
    /** `reveal`: what may identify somebody is told whole; absent: with its middle hidden. */
    detail: call(inCase.extend({ id: z.string(), reveal: z.boolean().optional() }), eventDetail),
    /** Writes the packets of a captured contact or look-up into a capture of its own, byte for byte. */
    savePackets: call(inCase.extend({ task, id: z.string(), out: z.string().min(1) }), savedPackets),
  },
  summary: { get: call(inCase, summaryView) },
  apps: { list: call(inCase, z.array(appView)) },
  destinations: {
    /** All contacts that the filter lets through, by what they share. */
    list: call(inCase.extend({ by: z.enum(destinationGroups), filter: eventFilter }), destinationsView),
  },
  explain: {
    /** `key`: an event's id, an app's package, uid or name, a host, an address, a service's id. */
    get: call(
      inCase.extend({
        subject: z.object({ kind: explanation.shape.subject.shape.kind, key: z.string().min(1).max(1000) }),
      }),
      explanation,
    ),
  },
  search: {
    /** Everything that holds all words of the text, at most `limit` of each kind. An empty text finds nothing, and makes ready. */
    find: call(inCase.extend({ text: z.string().max(200), limit: z.number().int().min(1).max(100) }), searchView),
  },
  databases: {
    list: call(nothing, z.array(databaseView)),
    /** Imports a file of the engine's machine: a database in the form mmdb, or `ip-ranges.json` of AWS. */
    add: call(z.object({ path: z.string().min(1).max(4096) }), databaseView),
    remove: call(z.object({ id: z.string().min(1).max(100) }), nothing),
  },
  findings: {
    list: call(inCase, z.array(findingView)),
    /** What a finding would hold if it were made now; nothing is written. */
    draft: call(inCase.extend({ window: findingWindow.nullable(), cite: citeChoice }), findingDraft),
    make: call(inCase.extend({ finding: newFinding }), findingView),
    /** Changes the examiner's own words. `key` here and below: the finding's `key`, or its `id`. */
    edit: call(
      inCase.extend({ key: findingKey, title: newFinding.shape.title, text: newFinding.shape.text }),
      findingView,
    ),
    /** `open` takes a decision back. `withdrawn` is for the examiner's own. Rejecting and withdrawing need a reason. */
    decide: call(inCase.extend({ key: findingKey, state: z.enum(findingStates), reason: findingReason }), findingView),
    /** Puts the finding into this place of the list, from 0. */
    move: call(inCase.extend({ key: findingKey, place: z.number().int().min(0).max(100_000) }), z.array(findingView)),
    /** The picture as it was kept, an SVG; rejects where the file is another one now. */
    picture: call(inCase.extend({ key: findingKey }), z.object({ svg: z.string() })),
  },
  report: {
    sections: call(nothing, z.array(z.object({ id: z.string(), title: z.string(), required: z.boolean() }))),
    preview: call(inCase.extend({ choices: reportChoices, maxPages: z.number().int().min(1).max(200) }), reportPreview),
    /** `out` null writes into the case's own `reports/` folder. */
    write: call(inCase.extend({ task, out: z.string().nullable(), choices: reportChoices }), reportOutcome),
  },
} as const;

export type Contract = typeof contract;
