import { Failure } from '../../../shared/base/failure.ts';

const isSecret = (text: string) => /^AGE-(?:SECRET-KEY|PLUGIN)-/i.test(text);
const isSsh = (text: string) => /^(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) /.test(text);
/** `age1NAME1…`: for the key of a device or a service, which a plugin of age talks to. */
const plugin = /^age1([a-z0-9+\-._]+)1[a-z0-9]+$/;
const native = ['pq', 'tag', 'tagpq'];

const noRecipient = (shown: string, advice: string) =>
  new Failure('wrong-use', `${shown} is no age recipient that a case can be sealed to.`, advice);

/** Why this recipient cannot be used, with what to do; a secret key that was given by mistake is never repeated. */
export function refusedRecipient(recipient: string): Failure {
  if (isSecret(recipient)) {
    return noRecipient(
      'What was given',
      'That is a secret key: it must not be handed over. Give the recipient that belongs to it, age1….',
    );
  }
  const shown = `“${recipient.slice(0, 80)}”`;
  const name = plugin.exec(recipient)?.[1];
  if (name !== undefined && !native.includes(name)) {
    return noRecipient(
      shown,
      `It needs the plugin age-plugin-${name}, which this program does not run. Seal to a recipient of age-keygen, or pack the folder with tar and seal it with age itself.`,
    );
  }
  if (isSsh(recipient)) {
    return noRecipient(
      shown,
      'It is a key for SSH, to which only age itself seals. Give a recipient that begins with age1; age-keygen makes one.',
    );
  }
  return noRecipient(
    shown,
    'A recipient begins with age1; `age-keygen` prints it. Look for a sign that was lost in copying.',
  );
}

/** Why a line of a file with identities cannot be used. The line itself is never shown. */
export function refusedIdentity(path: string, line: string): Failure {
  if (line.startsWith('AGE-PLUGIN-')) {
    return new Failure(
      'unsupported',
      `${path} names the key of a device, for which age needs a plugin that this program does not run.`,
      'Open the file with age itself and unpack it with tar: age -d -i KEYFILE SEALED | tar -x',
    );
  }
  if (line.startsWith('age-encryption.org/') || line.startsWith('-----BEGIN AGE ENCRYPTED')) {
    return new Failure(
      'unsupported',
      `${path} is itself under a passphrase.`,
      'Take it out of that with `age -d` first, into a place that only you can read.',
    );
  }
  if (line.startsWith('-----BEGIN OPENSSH') || line.startsWith('-----BEGIN RSA')) {
    return new Failure(
      'unsupported',
      `${path} is a key for SSH, which this program does not take.`,
      'Open the file with age itself and unpack it with tar: age -d -i KEYFILE SEALED | tar -x',
    );
  }
  return new Failure(
    'broken-file',
    `${path} holds a line that is no age identity.`,
    'It takes a file of `age-keygen`.',
  );
}

/** What the head of an age file says of how it was sealed, where none of the identities opens it (age-encryption.org/v1). */
export function notForUs(path: string, identities: string, head: string): Failure {
  const kinds = [...head.matchAll(/^-> (\S+)/gm)].map(([, kind]) => kind);
  if (kinds.includes('scrypt')) {
    return new Failure(
      'unsupported',
      `${path} was sealed with a passphrase and not to a key.`,
      'Open it with age itself and unpack it with tar: age -d SEALED | tar -x',
    );
  }
  return new Failure('wrong-key', `${path} was not sealed to the key in ${identities}.`, null);
}
