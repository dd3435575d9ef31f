import { CopyButton } from './CopyButton.tsx';
import './hash.css';

/** A text that machines read too, with a button that copies all of it. `of` is the rest of the sentence “Copy …”. */
export function CopyText({ text, of }: { text: string; of: string }) {
  return (
    <span className="copy-text">
      <code>{text}</code>
      <CopyButton text={text} of={of} />
    </span>
  );
}
