import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';

interface Sign {
  readonly key: string;
  readonly drawn: ReactNode;
  readonly means: string;
}

const line = (children: ReactNode) => (
  <svg className="tl-sign" viewBox="0 0 46 12" aria-hidden="true">
    {children}
  </svg>
);

/** Every sign of the drawing. What colour tells is told by place or form too. */
const signs: readonly Sign[] = [
  {
    key: 'sent',
    drawn: <i className="tl-key tl-key-sent" />,
    means: 'Above the line, orange: sent. A block is as wide as its interval, its height is bytes an hour.',
  },
  {
    key: 'received',
    drawn: <i className="tl-key tl-key-received" />,
    means: 'Below the line, blue: received.',
  },
  {
    key: 'dark',
    drawn: <i className="tl-key tl-key-dark" />,
    means: 'Darker, next to the line: in the background.',
  },
  {
    key: 'peak',
    drawn: <i className="tl-key tl-key-peak" />,
    means:
      'Pale, above a column: intervals narrower than a pixel share it. The body is their mean, the pale part the highest.',
  },
  {
    key: 'fade',
    drawn: <i className="tl-key tl-key-fade" />,
    means: 'Fading: the interval runs on beyond what its source had seen.',
  },
  {
    key: 'error',
    drawn: line(<path className="tl-sign-mark" d="M3 3v6M3 6h30" />),
    means:
      'Dark stroke on the line, from the end of a block: so far that end may lie off. Drawn where it is wider than a pixel.',
  },
  {
    key: 'contact',
    drawn: line(<path d="M3 1v9M30 1v9M3 5.5h27" />),
    means: 'Thin line with caps: a contact, from its first look to its last.',
  },
  {
    key: 'open',
    drawn: line(<path d="M16 5.5h20M36 1v9M14 5.5h-3.5M8.5 5.5h-2.5M4 5.5h-1.5" />),
    means:
      'An end that breaks up: it was there before the first look, or still at the last. When it began or ended is not known.',
  },
  {
    key: 'moment',
    drawn: line(<path d="M8 5.5l4-4 4 4-4 4zM26.5 2h14v7h-14z" />),
    means: 'Diamond: a contact seen once, or too short for a line. Open box: several, with their number.',
  },
  {
    key: 'look-up',
    drawn: line(<path d="M8 7v4M14 7v4M17 7v4" />),
    means: 'Short stroke at the foot: a name was looked up.',
  },
  {
    key: 'hatch',
    drawn: <i className="tl-key tl-key-hatch" />,
    means: 'Hatched: no source covers this time. An empty place that is not hatched: no traffic was counted.',
  },
  {
    key: 'night',
    drawn: <i className="tl-key tl-key-night" />,
    means: 'Tinted: 00:00 to 06:00 by the phone’s own zone.',
  },
  {
    key: 'networks',
    drawn: line(<path className="tl-sign-mark" d="M2 10h12M17 2h12M32 2h12M32 10h12" />),
    means:
      'Networks: lined below is Wi-Fi, lined above mobile, lined on both sides a VPN; other networks have no line.',
  },
  {
    key: 'moments',
    drawn: line(<path className="tl-sign-mark tl-sign-full" d="M3 9l4-7 4 7zM17 2h8l-4 7zM31 5.5l4-4 4 4-4 4z" />),
    means: 'In the band: ▲ phone started, ▼ acquired, ◆ clock changed, ✚ installed, ■ permission last used.',
  },
];

/** The legend in full, for windows without room for it and for those who want it in words. */
export function SignsHelp() {
  return (
    <DialogTrigger>
      <Button className="tl-scale-button">All signs</Button>
      <Popover className="popover tl-pop" offset={6} placement="top start">
        <Dialog className="tl-pop-body">
          <Heading slot="title" className="tl-pop-title">
            What the drawing means
          </Heading>
          <ul className="tl-signs">
            {signs.map(({ key, drawn, means }) => (
              <li key={key}>
                {drawn}
                <span>{means}</span>
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
