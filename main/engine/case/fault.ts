import type { VerifyOutcome } from '../../../shared/types/outcome.ts';

/** A difference that a check of a case found, in the words of `verify`. */
export type Fault = VerifyOutcome['failures'][number];
