import type { Micros } from '../../../shared/base/time.ts';
import type { Confidence } from './enricher.ts';

export type SubjectKind = 'event' | 'app' | 'host' | 'address' | 'service';

/** An app with the packages that share its uid. */
export interface AppFact {
  readonly uid: number;
  readonly name: string;
  readonly packages: readonly string[];
}

/** A host that the subject had to do with, as the case knows it. */
export interface HostFact {
  readonly name: string;
  /** By what the name is known: `tls`, `dns`, … */
  readonly from: readonly string[];
  /** An endpoint of the catalogue that fits the name, and the service that it is of. */
  readonly endpoint: string | null;
  readonly service: string | null;
  readonly confidence: Confidence | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly contacts: number;
  /** Bytes both ways in captures of the case; null where none tells them. */
  readonly bytes: number | null;
  /** Of them those of the subject’s app. */
  readonly appBytes: number | null;
  /** Id of the first event that names it. */
  readonly event: string | null;
  /** Who spoke to it: uids, as far as known, of the whole case. */
  readonly uids: readonly number[];
}

/** What was read at one time: the evidence, and the day and time, ISO. */
export interface Asked {
  readonly evidence: string;
  readonly at: string;
}

export interface SyncFact {
  readonly user: number | null;
  readonly accountType: string;
  readonly authority: string;
  readonly enabled: boolean | null;
  readonly syncable: number | null;
  readonly lastSuccess: string | null;
}

/** What the phone said of its own state, as it stood nearest behind the subject. `asked` null: nobody asked, or nothing was answered. */
export interface PhoneState {
  readonly maker: string | null;
  readonly accounts: {
    readonly asked: Asked | null;
    readonly types: readonly { readonly user: number | null; readonly type: string; readonly count: number }[];
  };
  readonly syncs: {
    readonly asked: Asked | null;
    /** Whether a user’s accounts are kept in step by themselves at all. */
    readonly automatic: Readonly<Record<number, boolean>>;
    readonly rows: readonly SyncFact[];
  };
  readonly settings: {
    /** By name of the table. */
    readonly asked: Readonly<Record<string, Asked>>;
    readonly rows: readonly {
      readonly table: string;
      readonly key: string;
      readonly value: string;
      readonly user: number | null;
    }[];
  };
  readonly packages: {
    readonly asked: Asked | null;
    readonly rows: ReadonlyMap<
      string,
      readonly { readonly user: number | null; readonly installed: boolean | null; readonly enabled: boolean | null }[]
    >;
  };
  /** Connections that were open when somebody looked. */
  readonly sockets: {
    readonly asked: Asked | null;
    readonly open: readonly { readonly uid: number | null; readonly port: number; readonly event: string }[];
  };
}

/** All that the case holds and an explanation needs. */
export interface ExplainFacts {
  readonly subject: { readonly kind: SubjectKind; readonly key: string; readonly name: string };
  /** When the subject was, where it is an event; its end. */
  readonly atUs: Micros | null;
  readonly app: AppFact | null;
  /** An event that shows the app’s traffic: the event itself, or its largest interval. */
  readonly appEvent: string | null;
  readonly hosts: readonly HostFact[];
  /** The subject has more hosts than are told here. */
  readonly hostsCut: boolean;
  readonly addresses: readonly string[];
  /** Bytes both ways that captures hold of the app; null where none does. */
  readonly capturedBytes: number | null;
  /** Every app of the case, for naming those that speak to a host. */
  readonly apps: ReadonlyMap<number, AppFact>;
  readonly state: PhoneState;
  /** What it said when it was asked first, where that was another time; null for an event. */
  readonly stateBefore: PhoneState | null;
}

/** What an app may read and last read, and what it sent soon after. */
export interface AtStakeFacts {
  /** Null: the sources say that it was asked for, and not whether it was granted. */
  readonly permissions: readonly {
    readonly name: string;
    readonly granted: boolean | null;
    readonly evidence: string;
  }[];
  /** The last use that the phone noted of each operation. */
  readonly uses: readonly { readonly op: string; readonly atUs: Micros | null; readonly evidence: string }[];
  /** By operation: the first transmission within the stated time, or null. */
  readonly followed: ReadonlyMap<string, { readonly event: string; readonly seconds: number; readonly sent: number }>;
}
