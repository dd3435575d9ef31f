const plain = /^[\w@%+=:,./-]+$/;

/**
 * One word for the phone's shell: whatever the text holds, the shell gives it to the command as it stands. Only single
 * quotes are used around it, inside of which a shell reads nothing; a single quote of the text itself stands in double ones.
 * Throws for a NUL, which no command line can carry. Source: POSIX.1-2017, Shell Command Language, 2.2.
 */
export function phoneQuote(text: string): string {
  if (text.includes('\0')) throw new Error('a command line cannot carry a NUL');
  return plain.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
