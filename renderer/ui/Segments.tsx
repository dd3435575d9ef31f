import type { ReactNode } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import './field.css';

export interface SegmentsProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly options: readonly { readonly key: K; readonly text: ReactNode; readonly label?: string }[];
}

/** A few choices side by side, one of them taken. Arrow keys move. */
export function Segments<K extends string>({ label, value, onChange, options }: SegmentsProps<K>) {
  return (
    <RadioGroup
      className="segments"
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(key) => onChange(key as K)}
    >
      {options.map((option) => (
        <Radio
          key={option.key}
          value={option.key}
          className="segment"
          {...(option.label === undefined ? {} : { 'aria-label': option.label })}
        >
          {option.text}
        </Radio>
      ))}
    </RadioGroup>
  );
}
