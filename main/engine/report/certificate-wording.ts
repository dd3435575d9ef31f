/** What a report says of the packages of apps that were taken, and of the certificates in them. */
export const certificateWording = {
  title: 'Packages that were taken',
  intro:
    'Of these apps the base package was taken from the phone. The certificates are those that it carries. Names in a certificate are its maker’s own and no authority vouches for them; two packages with the same certificate were signed with the same key.',
  columns: { package: 'Package', certificate: 'Certificate, SHA-256 and subject', checked: 'Schemes and check' },
  version: (text: string) => `version ${text}`,
  past: 'signed by this one before, by the word of the present one',
  subject: 'subject not readable',
  valid: (from: string, to: string) => `valid ${from} to ${to}`,
  holds: {
    true: 'signature and content checked, both hold',
    false: 'the signature or the content does not hold',
    null: 'not checked',
  },
} as const;
