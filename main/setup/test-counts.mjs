/** Counts of one Vitest run from its JSON report; a run that failed without a failed test counts as one failure. */
export function countsOf(report, status) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  // A file that could not be loaded has no tests, and fails all the same.
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + broken;
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

/** The last line of a test run, alone on it. */
export function lastLine(passed, failed) {
  return `${passed} passed, ${failed} failed`;
}
