/** What a report says of captures of packets. */
export const capturedWording = {
  heading: 'From captures of packets',
  socketsHeading: 'From looks at the phone’s connections',
  intro: (captures: string, contacts: string, lookUps: string, sent: string, received: string, zone: string) =>
    `${captures} in the evidence hold ${contacts} and ${lookUps}: ${sent} sent and ${received} received as seen from the phone’s side. These are bytes of the frames on the link; they are not added to what the phone counted itself. Times are those of the capturing clock, written in ${zone}.`,
  proves:
    'A row says that packets went by where the capture was made, between these two sides, at these times. What an encrypted connection carried is not known, its length is. A host stands as it was named in the packets, or by a look-up before that answered with its address; one address may serve many names. An app stands as the capture names it. What stands under it “by correlation” is drawn from other sources of this case, with its confidence; several may stand where they disagree.',
  lookUp: 'question or answer about a name',
  lookUps: 'questions and answers about names',
  captureColumns: { name: 'Capture', packets: 'Packets', span: 'First and last packet', notRead: 'Not read' },
  noPackets: 'none',
  allRead: 'nothing',
  seeWarnings: 'see what could not be read',
  peerColumns: { peer: 'Host or address, how it is known', contacts: 'Contacts', app: 'App' },
  byAddress: 'by its address only',
  moreAddresses: (more: string) => `and ${more} more`,
  nobody: 'Not named',
  byCapture: 'as the capture names it',
  likely: (app: string, how: string, confidence: string, contacts: string) =>
    `by correlation ${app}: ${how}, confidence ${confidence}, ${contacts}`,
  ways: {
    'same connection': 'the phone listed a socket with the same two ends at that time',
    'only sender': 'the phone’s history knows of bytes of this app alone at that time',
  } as Readonly<Record<string, string>>,
  more: (rows: string) =>
    `The table ends here; ${rows} with fewer bytes are left out and stand in the case and in its exports.`,
  clearHeading: 'Said in the clear: what may identify somebody',
  clearNone:
    'In what was looked into of the cleartext, no text has the form of an IMEI, a phone number, an e-mail address, a location or an advertising id. Only the first packets of a flow are looked into.',
  clearIntro:
    'Anybody on the way could read these texts. They are found by their form alone, with the check digit where there is one: that a text is what it looks like, and whose it is, the packets do not say. The middle of each is hidden here; the whole stands in the evidence, at the event that is named.',
  clearColumns: { kind: 'Has the form of', text: 'Text, masked', to: 'To', when: 'First and last', event: 'Event' },
  namedAs: (key: string) => `named ${key}`,
  times: (count: string) => `in ${count}`,
} as const;
