import { ChevronDown } from 'lucide-react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { TextInput } from '../../ui/TextInput.tsx';
import type { CaseDraft } from './case-draft.ts';
import { zoneNames } from './zone-names.ts';
import './cases.css';

const zones = zoneNames().map((zone) => ({ id: zone, name: zone.replaceAll('_', ' ') }));

function ZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  return (
    <ComboBox
      className="field"
      defaultItems={zones}
      selectedKey={value === '' ? null : value}
      onSelectionChange={(key) => onChange(key === null ? '' : String(key))}
    >
      <Label className="field-label">Zone of the times</Label>
      <div className="combo">
        <Input className="input" placeholder="The phone’s own" />
        <Button className="combo-open" aria-label="Show the zones">
          <ChevronDown className="icon" />
        </Button>
      </div>
      <Text slot="description" className="field-help">
        Left empty, times are shown in the phone’s own zone. UTC is one switch away.
      </Text>
      <Popover className="popover" offset={4}>
        <ListBox<(typeof zones)[number]> className="menu combo-list">
          {(zone) => (
            <ListBoxItem className="menu-item" textValue={zone.name}>
              {zone.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** What the cover of a report says. Everything may be left open. */
export function CaseForm({ draft, onChange }: { draft: CaseDraft; onChange: (draft: CaseDraft) => void }) {
  const field = (key: keyof CaseDraft) => ({
    value: draft[key],
    onChange: (value: string) => onChange({ ...draft, [key]: value }),
  });
  return (
    <>
      <div className="form-pair">
        <TextInput label="Case number" maxLength={200} {...field('number')} />
        <ZoneField {...field('zone')} />
        <TextInput label="Examiner" maxLength={200} {...field('examiner')} />
        <TextInput label="Agency" maxLength={200} {...field('agency')} />
      </div>
      <TextInput
        label="Authority to examine"
        maxLength={500}
        help="The warrant, order or consent under which the phone is examined. It stands on the cover of the report."
        {...field('authority')}
      />
      <TextInput label="Notes" lines={3} maxLength={20_000} {...field('notes')} />
    </>
  );
}
