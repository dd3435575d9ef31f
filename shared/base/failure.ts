/**
 * Failures that a person can meet. `code` is stable and survives every transport; `message` is one sentence
 * that names the file or the phone and the place; `advice` says what is safe and what to do.
 */
export const failureCodes = [
  'wrong-use',
  'not-found',
  'no-permission',
  'empty-file',
  'not-recognised',
  'broken-file',
  'hostile-archive',
  'changed-while-read',
  'disk-full',
  'read-only',
  'not-a-case',
  'case-exists',
  'case-in-use',
  'case-newer',
  'case-damaged',
  'other-phone',
  'adb-missing',
  'adb-version',
  'adb-failed',
  'no-phone',
  'several-phones',
  'phone-unauthorized',
  'phone-offline',
  'phone-silent',
  'phone-gone',
  'refused-command',
  'no-key',
  'key-exists',
  'wrong-passphrase',
  'wrong-key',
  'cancelled',
  'unsupported',
  'internal',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** The shape of a failure on the wire. */
export interface FailureView {
  readonly code: FailureCode;
  readonly message: string;
  readonly advice: string | null;
}

/** An expected failure. Anything else that is thrown is a bug and becomes `internal` at the host's door. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly advice: string | null;
  constructor(code: FailureCode, message: string, advice: string | null = null) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.advice = advice;
  }
  view(): FailureView {
    return { code: this.code, message: this.message, advice: this.advice };
  }
}

/** Makes a wire failure from whatever was thrown. Stack traces never leave the engine. */
export function toFailureView(thrown: unknown): FailureView {
  if (thrown instanceof Failure) return thrown.view();
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message: `An unexpected fault: ${message}`, advice: null };
}

/** Exit status of the command line for a failure: 2 wrong use, 3 failed. */
export function exitStatusOf(code: FailureCode): number {
  return code === 'wrong-use' ? 2 : 3;
}
