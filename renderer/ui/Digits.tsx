/** A time or date whose figures keep one width while its hyphens and colons stay narrow. */
export function Digits({ text }: { text: string }) {
  return text.split(/(\d+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <span key={index} className="digits">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
