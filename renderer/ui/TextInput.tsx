import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import './field.css';

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A sentence under the field. */
  readonly help?: ReactNode;
  /** What is wrong with the value; null when it will do. */
  readonly error?: string | null;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  /** `secret`: shown as dots. `code`: typed from another screen. Neither is remembered by the browser. */
  readonly kind?: 'secret' | 'code';
}

const unremembered = {
  // What browsers heed: they offer to keep a password unless it is said to be a new one.
  secret: { type: 'password', autoComplete: 'new-password', spellCheck: 'false' },
  code: { autoComplete: 'off', autoCorrect: 'off', spellCheck: 'false' },
} as const;

export function TextInput(props: TextInputProps) {
  const {
    label,
    value,
    onChange,
    help,
    error = null,
    lines = 1,
    mono = false,
    placeholder,
    autoFocus,
    maxLength,
    kind,
  } = props;
  const shared = {
    className: mono ? 'input mono' : 'input',
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(kind === undefined ? {} : unremembered[kind]),
  };
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      autoFocus={autoFocus ?? false}
    >
      <Label className="field-label">{label}</Label>
      {lines > 1 ? <TextArea {...shared} rows={lines} /> : <Input {...shared} />}
      {help === undefined || error !== null ? null : (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
