import { BriefcaseBusiness, ChevronDown, FolderOpen, Info, LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { go } from '../../state/address-store.ts';
import { closeCase, useCase } from '../../state/case.ts';
import { noticeFailure } from '../../state/notices.ts';
import { CaseDetails } from '../cases/CaseDetails.tsx';

/** Name and number of the open case, and what can be done with it as a whole. */
export function CaseMenu() {
  const view = useCase((state) => state.view);
  const [details, setDetails] = useState(false);
  if (view === null) {
    return (
      <span className="bar-case bar-case-none">
        <BriefcaseBusiness className="icon" /> No case open
      </span>
    );
  }
  return (
    <>
      <MenuTrigger>
        <Button
          className="bar-case"
          aria-label={`Case ${view.name}${view.info.number ? `, number ${view.info.number}` : ''}`}
        >
          <span className="bar-case-name cut">{view.name}</span>
          {view.info.number ? <span className="bar-case-number cut">{view.info.number}</span> : null}
          <ChevronDown className="icon" />
        </Button>
        <Popover className="popover" placement="bottom start" offset={4}>
          <Menu
            className="menu"
            aria-label="Case"
            onAction={(key) => {
              if (key === 'details') setDetails(true);
              else if (key === 'cases') go('cases');
              else closeCase().catch(noticeFailure);
            }}
          >
            <MenuItem id="details" className="menu-item">
              <Info className="icon" /> Case details
            </MenuItem>
            <MenuItem id="cases" className="menu-item">
              <FolderOpen className="icon" /> Open another case
            </MenuItem>
            <Separator className="menu-line" />
            <MenuItem id="close" className="menu-item">
              <LogOut className="icon" /> Close the case
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {details ? <CaseDetails view={view} onClose={() => setDetails(false)} /> : null}
    </>
  );
}
