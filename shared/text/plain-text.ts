/** Signs that would not be seen (joiners stay where they belong to a spelling), or would turn, move or colour what stands beside them on a screen or a terminal. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|(?<!(?!\p{Script=Latin})[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)(?:\u200c|\u200d)/gu;

const named = (sign: string): string => `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Text that a phone gave, fit to stand in a sentence, a list or a terminal: signs that cannot be seen are named by their
 * number, and what is longer than `most` letters is cut, with an ellipsis that says so.
 */
export function plainText(text: string, most = 200): string {
  // Cut first: a million letters need not be looked at to show two hundred.
  const part = text.length > most ? text.slice(0, most) : text;
  const whole = part.toWellFormed().replace(unseen, named);
  return text.length > most ? `${whole}…` : whole;
}
