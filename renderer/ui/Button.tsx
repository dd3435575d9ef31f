import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import './button.css';

interface ButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  /** `primary`: the one thing to do here. `quiet`: no frame. `danger`: cannot be undone. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`button button-${look}`}>
      {icon}
      <span className="button-text">{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  /** What it does, in words: its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly placement?: 'top' | 'bottom' | 'left' | 'right';
}

export function IconButton({ label, icon, placement = 'bottom', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      <AriaButton {...rest} aria-label={label} className="button button-icon">
        {icon}
      </AriaButton>
      <Tooltip className="tooltip" placement={placement} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
