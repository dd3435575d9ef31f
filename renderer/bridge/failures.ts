import { Failure, type FailureView, failureCodes, toFailureView } from '../../shared/base/failure.ts';

function isView(value: unknown): value is FailureView {
  const view = value as FailureView | null;
  return typeof view === 'object' && view !== null && typeof view.message === 'string' && typeof view.code === 'string';
}

/** Makes a `Failure` of whatever a wire answered: a failure's view, an error that carries one, or anything else. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (isView(thrown)) {
    const code = failureCodes.includes(thrown.code) ? thrown.code : 'internal';
    return new Failure(code, thrown.message, typeof thrown.advice === 'string' ? thrown.advice : null);
  }
  const view = toFailureView(thrown);
  return new Failure(view.code, view.message, view.advice);
}
