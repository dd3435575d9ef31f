import { Check, ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import './field.css';

interface ChoiceProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly options: readonly { readonly key: K; readonly text: string }[];
  readonly help?: string;
  /** The label is only for screen readers. */
  readonly bare?: boolean;
}

/** One of many, in a list that opens. */
export function Choice<K extends string>({ label, value, onChange, options, help, bare = false }: ChoiceProps<K>) {
  return (
    <Select
      className="field"
      value={value}
      onChange={(key) => onChange(key as K)}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {bare ? null : <Label className="field-label">{label}</Label>}
      <Button className="input choice">
        <SelectValue className="choice-value cut" />
        <ChevronDown className="icon" />
      </Button>
      {help === undefined ? null : (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.key} textValue={option.text} className="menu-item">
              <span className="menu-text">{option.text}</span>
              <Check className="icon menu-check" />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
