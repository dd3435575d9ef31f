/** A statement about an app by a named source of a named date. Labels are added, never overwritten. */
export interface Label {
  readonly subject:
    | { readonly kind: 'package'; readonly name: string }
    | { readonly kind: 'uid'; readonly uid: number };
  readonly kind: 'service' | 'vendor';
  readonly value: string;
  readonly detail: { readonly id: string; readonly vendor: string; readonly optional: boolean | null };
  readonly source: string;
  readonly date: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly why: string;
}

/** Labels apps from data that ships with the program. Offline and pure. */
export interface Enricher {
  /** Equals the folder's name. */
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Date of the data, ISO. */
  readonly date: string;
  label(subject: { readonly packages: readonly string[]; readonly uid: number }): readonly Label[];
}
