/** What a person copies into a terminal or a file, as it stands in a step. */
const typed = /(SUBSYSTEM==.*?"uaccess"|sudo .+?(?=, then|, which|$)|(?:brew|winget) install \S+)/;

/** A step cut into its words and the commands among them: the odd ones are commands. */
export function stepParts(step: string): string[] {
  return step.split(new RegExp(typed, 'g'));
}
