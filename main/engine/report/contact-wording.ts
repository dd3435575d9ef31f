/** What a report says of connections that were seen open, and of counters that were watched. */
export const contactWording = {
  none: 'No connection was seen. Either the phone was not asked for its connections, or none was listed when it was.',
  noLooks:
    'The phone itself was not asked for its connections, or listed none when it was. What follows is from captures of packets.',
  intro: (zone: string) =>
    `The phone was asked which connections its kernel listed: once, or again and again while it was watched. One row is one address, port and protocol of one app, however many connections there were. First and last are the first and the last look that listed one, in ${zone}.`,
  proves:
    'That a connection was listed says that it was open or being opened at that look. It does not say how many bytes went over it, which way, or what they held. A connection that began and ended between two looks is not seen, and no name of a host stands here: only addresses.',
  counted: (connections: string, peers: string) => `Seen were ${connections} to ${peers}.`,
  times: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  openStart: 'open at the first look',
  openEnd: 'open at the last look',
  nobody: 'Not known any more',
  nobodyNote: 'the kernel had forgotten whose it was',
  peer: (address: string, port: string, protocol: string) => `${address} ${protocol}/${port}`,
  anyPort: 'any',
  more: (rows: string) => `The table ends here; ${rows} are left out and stand in the case and in its exports.`,
  limits: [
    [
      'Looks, not a recording.',
      'Connections and counters were watched by asking again and again. What happened between two looks, and in the gaps that the coverage shows, is not known from them. Times of a connection are those of looks; it began and ended somewhere between one look and the next.',
    ],
    [
      'Counters that were watched.',
      'The kernel’s counters hold bytes since the phone was started. What they grew by between two looks is counted where no history of the phone covers the time. They are not corrected for a VPN.',
    ],
    [
      'Captures of packets.',
      'A capture shows what went by where it was made, while it was made. What the phone sent over another network, or at another time, is not in it; packets that were lost before they could be kept are missing too. Only the first packets of a flow are looked into for names and text in the clear. Its times are those of the clock of whoever captured.',
    ],
  ] as readonly (readonly [string, string])[],
  glossary: [
    [
      'Capture, contact',
      'A capture is a file of packets as they went by. A contact is all packets between two ends of one protocol in it, or a connection as looks at the phone saw it.',
    ],
    [
      'Connection, peer',
      'Two addresses with their ports between which the kernel keeps state. The peer is the one that is not the phone.',
    ],
    ['Look', 'One question to the phone and its answer. Watching is looking again and again, about every second.'],
  ] as readonly (readonly [string, string])[],
  notCounted: {
    'live counter': 'Counters that were watched, where the phone’s own history covers the same time',
    'live beside a vpn': 'Counters that were watched while a VPN carried bytes: they may hold the same bytes twice',
  },
} as const;
