import type { Contract } from '../../shared/contract/contract.ts';
import type { Emit, Handlers } from '../../shared/contract/derive.ts';
import type { Engine, Work } from '../engine/engine-api.ts';
import type { CaseTable } from './case-table.ts';
import type { Home } from './home.ts';
import type { RecentCases } from './recent-cases.ts';
import type { TaskTable } from './task-table.ts';

/** The shells that a window can be in. */
export type Shell = 'electron' | 'web' | 'test';

/** What the handlers of one host share. */
export interface HostContext {
  readonly engine: Engine;
  readonly shell: Shell;
  readonly home: Home;
  readonly cases: CaseTable;
  readonly recent: RecentCases;
  readonly tasks: TaskTable;
  readonly emit: Emit<Contract>;
  /** Makes the sample case where it does not stand yet and answers with its folder. */
  readonly sample: (work: Work) => Promise<string>;
}

/** The handlers of one group of the contract. */
export type GroupHandlers<G extends keyof Contract> = Handlers<Contract>[G];
