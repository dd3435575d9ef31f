import type { AtStake } from '../../../../shared/types/explanation.ts';
import type { Confidence } from '../../model/enricher.ts';
import type { ExplainFacts } from '../../model/explain-facts.ts';
import type { PackageEntry } from '../service-list.ts';
import { type ExplainBooks, fitsMaker, sourceWords, type Weighed } from './books.ts';

const weights: Readonly<Record<Confidence, number>> = { high: 5, medium: 3, low: 1 };

/** Rows of the catalogue for the packages of the subject’s app, on a phone of this maker. */
export function packageRows(facts: ExplainFacts, books: ExplainBooks): PackageEntry[] {
  const own = new Set(facts.app?.packages ?? []);
  return books.packages.filter((row) => own.has(row.package) && fitsMaker(row.onlyMakers, facts.state.maker));
}

/** The app’s packages that belong to the service, and that others share its uid. */
export function packageReasons(service: string, facts: ExplainFacts, books: ExplainBooks): Weighed[] {
  const { app } = facts;
  const rows = packageRows(facts, books).filter((row) => row.service === service);
  if (!app || rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => weights[b.confidence] - weights[a.confidence]);
  const seen = new Set<string>();
  const out = sorted
    .filter(({ package: name }) => !seen.has(name) && seen.add(name))
    .map(
      (row, at): Weighed => ({
        // Several packages of one service are not more of a reason than the best of them.
        weight: at === 0 ? weights[row.confidence] : 0,
        reason: {
          text: `${row.package} belongs to this service: ${row.role}.`,
          evidence: facts.appEvent,
          source: sourceWords(books, row.sources),
        },
      }),
    );
  const strangers = app.packages.filter((name) => !seen.has(name));
  if (strangers.length > 0) {
    const named = strangers.slice(0, 4).join(', ');
    const more = strangers.length > 4 ? ` and ${strangers.length - 4} more` : '';
    const text = `The uid ${app.uid} is shared by ${app.packages.length} packages; the phone counts their bytes together, and ${named}${more} ${strangers.length === 1 ? 'is' : 'are'} not known to belong to this service.`;
    out.push({ weight: -1.5, reason: { text, evidence: facts.appEvent, source: null } });
  }
  return out;
}

/** Words by which a service’s data are known to be of a category. */
const speaksOf: Readonly<Record<string, RegExp>> = {
  contacts: /contact|address book/i,
  messages: /message|sms|text/i,
  'call log': /\bcalls?\b/i,
  calendar: /calendar|appointment/i,
  location: /location|position/i,
  photos: /photo|picture|image/i,
  videos: /video|film/i,
  files: /file|photo|picture/i,
  'phone number': /number/i,
  'device identity': /imei|imsi|serial|identif|device id/i,
  accounts: /account/i,
  'installed apps': /installed apps|list of apps|apps that are/i,
};

/** Whether the app was permitted to read what the service is known to report. */
export function permissionReasons(
  service: string,
  facts: ExplainFacts,
  books: ExplainBooks,
  atStake: readonly AtStake[],
): Weighed[] {
  const data = books.catalogue.of(service)?.data.join('; ') ?? '';
  if (!facts.app || data === '') return [];
  const fitting = atStake.filter((row) => speaksOf[row.category]?.test(data) === true);
  const kinds = (granted: boolean) => [
    ...new Set(fitting.filter((row) => row.granted === granted).map((row) => row.category)),
  ];
  const held = kinds(true);
  const denied = kinds(false).filter((one) => !held.includes(one));
  const evidence = (granted: boolean) => fitting.find((row) => row.granted === granted)?.evidence ?? null;
  const source = `catalogue of ${books.catalogue.source.date}, what the service is known to report`;
  const out: Weighed[] = [];
  if (held.length > 0) {
    const text = `The app was permitted to read what the service is known to report: ${held.join(', ')}.`;
    out.push({ weight: 0.5, reason: { text, evidence: evidence(true), source } });
  }
  if (denied.length > 0) {
    const text = `The app was not permitted to read ${denied.join(', ')}, which the service is known to report.`;
    out.push({ weight: -0.5, reason: { text, evidence: evidence(false), source } });
  }
  return out;
}
