import { Label, Radio, RadioGroup, Text } from 'react-aria-components';
import type { HowMuch } from './choices.ts';

interface HowMuchProps {
  readonly choices: readonly HowMuch[];
  readonly value: HowMuch['key'];
  readonly onChange: (key: HowMuch['key']) => void;
}

/** How much is taken: each choice in a sentence, with the time that it needs. */
export function HowMuchChoice({ choices, value, onChange }: HowMuchProps) {
  return (
    <RadioGroup className="profiles" value={value} onChange={(key) => onChange(key as HowMuch['key'])}>
      <Label className="field-label">How much</Label>
      {choices.map(({ key, name, time, words }) => (
        <Radio key={key} value={key} className="profile" aria-label={`${name}, ${time}`}>
          <span className="profile-dot" aria-hidden="true" />
          <span className="profile-text">
            <span className="profile-head">
              <strong>{name}</strong>
              <span className="profile-time">{time}</span>
            </span>
            <Text slot="description" className="profile-words">
              {words}
            </Text>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
