/** What one and the same reason kept from being had. */
export interface Lacking {
  readonly state: string;
  readonly why: string;
  /** In the order in which they were to be asked. */
  readonly commands: readonly string[];
}

/**
 * What an acquisition lacks, by reason: a cable that was pulled is one event, not twenty. Reasons come in the order of their
 * first command.
 */
export function lackingByReason(
  refused: readonly { readonly command: string; readonly state: string; readonly why: string }[],
): Lacking[] {
  const reasons = new Map<string, { state: string; why: string; commands: string[] }>();
  for (const { command, state, why } of refused) {
    const key = `${state}\n${why}`;
    const same = reasons.get(key);
    if (same) same.commands.push(command);
    else reasons.set(key, { state, why, commands: [command] });
  }
  return [...reasons.values()];
}

const oneLine = /^([\s\S]+?): (refused|unavailable|truncated|timed out|interrupted)\. ([\s\S]*)$/;

/**
 * The same for the lines of the custody log (`command: state. why`). Lines of another form, such as those about users and
 * about a restart, stand as they are, before the rest.
 */
export function lackingIn(lines: readonly string[]): { readonly said: readonly string[]; readonly lacking: Lacking[] } {
  const said: string[] = [];
  const refused: { command: string; state: string; why: string }[] = [];
  for (const line of lines) {
    const [, command, state, why] = oneLine.exec(line) ?? [];
    if (command === undefined || state === undefined || why === undefined) said.push(line);
    else refused.push({ command, state, why });
  }
  return { said, lacking: lackingByReason(refused) };
}
