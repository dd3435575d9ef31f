import { appIdOf } from '../../../shared/base/uid.ts';
import type { Enricher, Label } from '../model/enricher.ts';

/** One uid and the packages that share it. Bytes of a uid cannot be split between its packages. */
export interface LabelledSubject {
  readonly uid: number;
  readonly packages: readonly string[];
}

/** The service shown beside an app, in the shape of `AppView.service` and the columns of table `app`. */
export interface AppService {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly optional: boolean | null;
  readonly confidence: Label['confidence'];
}

/**
 * Asks every enricher about every app. Labels that disagree all stand; the same label for one package of several
 * users stands once. Order: that of the apps, then of the enrichers.
 */
export function labelApps(apps: readonly LabelledSubject[], enrichers: readonly Enricher[]): Label[] {
  const labels = new Map<string, Label>();
  for (const app of apps) {
    for (const enricher of enrichers) {
      for (const label of enricher.label(app)) labels.set(JSON.stringify(label), label);
    }
  }
  return [...labels.values()];
}

const ranks = { high: 2, medium: 1, low: 0 } as const;
const FIRST_APP_ID = 10_000;

/** Per package its most confident service label; the first one where several are equally confident. */
function bestLabels(labels: readonly Label[], packages: readonly string[]): Map<string, Label> {
  const best = new Map<string, Label>();
  for (const label of labels) {
    if (label.kind !== 'service' || label.subject.kind !== 'package') continue;
    const name = label.subject.name;
    if (!packages.includes(name)) continue;
    const held = best.get(name);
    if (!held || ranks[label.confidence] > ranks[held.confidence]) best.set(name, label);
  }
  return best;
}

/**
 * The one service to show beside an app, or null. It is null where packages of the uid belong to different services,
 * and for a system uid that holds packages outside of the service: their bytes cannot be told apart. An app's uid
 * that holds other packages too keeps its service with low confidence.
 */
export function serviceOf(labels: readonly Label[], app: LabelledSubject): AppService | null {
  const best = bestLabels(labels, app.packages);
  const [first, ...others] = best.values();
  if (!first || others.some((label) => label.detail.id !== first.detail.id)) return null;
  const whole = best.size === app.packages.length;
  if (!whole && appIdOf(app.uid) < FIRST_APP_ID) return null;
  const weakest = [first, ...others].reduce((a, b) => (ranks[b.confidence] < ranks[a.confidence] ? b : a));
  const answers = new Set([first, ...others].map((label) => label.detail.optional));
  return {
    id: first.detail.id,
    name: first.value,
    vendor: first.detail.vendor,
    optional: answers.size === 1 ? first.detail.optional : null,
    confidence: whole ? weakest.confidence : 'low',
  };
}
