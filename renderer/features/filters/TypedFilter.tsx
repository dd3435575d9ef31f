import { useEffect, useState } from 'react';
import { FilterBox } from '../../ui/FilterBox.tsx';

/** A pause of so many milliseconds ends what somebody types. */
const TYPING_MS = 200;

interface TypedFilterProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly className: string;
}

/** A filter by text that is applied when somebody pauses, and follows where it is changed elsewhere. */
export function TypedFilter({ text, onText, label, placeholder, className }: TypedFilterProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return (
    <div className={className}>
      <FilterBox label={label} placeholder={placeholder} value={typed} onChange={setTyped} />
    </div>
  );
}
