/** One line for the person at the terminal, on standard error: standard output belongs to results. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Ends the program with one sentence that says exactly what to do. */
export function stop(sentence) {
  say(sentence);
  process.exit(1);
}
