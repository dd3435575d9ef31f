import type { Violation } from './tree.ts';

/** A breach of a law that is known and stands for a while. */
export interface Debt {
  readonly law: string;
  readonly path: string;
  /** Words that the violation's message holds. */
  readonly about: string;
  readonly reason: string;
}

/** Known breaches. Better empty; a debt whose breach is gone fails the test too. */
export const debts: readonly Debt[] = [];

/** Tables that are long because the world is: path and reason. */
export const dataFiles: readonly { readonly path: string; readonly reason: string }[] = [];

const meets = (debt: Debt, violation: Violation) =>
  debt.law === violation.law && debt.path === violation.path && violation.message.includes(debt.about);

/** What is left of the violations once the debts are taken out, and the debts that no violation answers to. */
export function settle(
  violations: readonly Violation[],
  known: readonly Debt[],
): { readonly open: Violation[]; readonly stale: Debt[] } {
  return {
    open: violations.filter((violation) => !known.some((debt) => meets(debt, violation))),
    stale: known.filter((debt) => !violations.some((violation) => meets(debt, violation))),
  };
}
