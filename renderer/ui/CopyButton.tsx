import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../bridge/page.ts';
import { IconButton } from './Button.tsx';

/** Copies a text, and says for a moment that it did. `of` is the rest of the sentence “Copy …”. */
export function CopyButton({ text, of }: { text: string; of: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      label={copied ? 'Copied' : `Copy ${of}`}
      icon={copied ? <Check className="icon" /> : <Copy className="icon" />}
      onPress={async () => {
        setCopied(await copyText(text));
        setTimeout(() => setCopied(false), 1500);
      }}
    />
  );
}
