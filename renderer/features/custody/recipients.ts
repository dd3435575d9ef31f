/** Recipients as they were typed or pasted: one a line, or with spaces and commas between; each once. */
export function recipientsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
}

/** What is wrong with them, or null. A secret key is not to be handed over, and never sent anywhere from here. */
export function recipientsFault(text: string): string | null {
  const list = recipientsIn(text);
  if (list.length === 0) return 'At least one recipient: age1…';
  if (list.some((one) => one.toUpperCase().startsWith('AGE-SECRET-KEY'))) {
    return 'That is a secret key: take it out again, and give the recipient that belongs to it, age1….';
  }
  const wrong = list.find((one) => !/^age1[a-z0-9]+$/.test(one));
  return wrong === undefined ? null : `“${wrong.slice(0, 40)}” is no age recipient: it begins with age1.`;
}
