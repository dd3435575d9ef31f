import type { AddressView, DestinationRow, SourceView } from '../../../shared/types/destination.ts';
import type { AtStake, Explanation, LawView } from '../../../shared/types/explanation.ts';

/** Where contacts lead, as the window shows it too, and what lists say of it. */
export interface ReportDestinations {
  readonly countries: readonly DestinationRow[];
  readonly organisations: readonly DestinationRow[];
  readonly services: readonly DestinationRow[];
  readonly hosts: readonly DestinationRow[];
  /** What databases say of the addresses that `hosts` names first. */
  readonly addresses: readonly AddressView[];
  readonly sources: readonly SourceView[];
  readonly laws: readonly LawView[];
  /** One a service that hosts or apps of the case belong to. */
  readonly explained: readonly Explanation[];
  /** Of the apps that sent most: what each may read, and when it last did. */
  readonly atStake: readonly { readonly app: string; readonly uid: number; readonly rows: readonly AtStake[] }[];
}
