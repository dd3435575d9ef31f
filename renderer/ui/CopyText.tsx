import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../bridge/page.ts';
import { IconButton } from './Button.tsx';
import './hash.css';

/** A text that machines read too, with a button that copies all of it. `of` is the rest of the sentence “Copy …”. */
export function CopyText({ text, of }: { text: string; of: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <span className="copy-text">
      <code>{text}</code>
      <IconButton
        label={copied ? 'Copied' : `Copy ${of}`}
        icon={copied ? <Check className="icon" /> : <Copy className="icon" />}
        onPress={async () => {
          setCopied(await copyText(text));
          setTimeout(() => setCopied(false), 1500);
        }}
      />
    </span>
  );
}
