import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this machine has OpenSSL with its time-stamp authority. */
export const hasOpenssl = spawnSync('openssl', ['ts', '-help']).status === 0;

const run = (folder: string, ...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });

/** A time-stamp authority of OpenSSL in a folder: a root, and a certificate that signs time stamps. */
export interface TimeAuthority {
  /** Path of the root's certificate. */
  readonly root: string;
  /** Answers a request; both are paths. */
  answer(request: string, out: string): void;
}

/** Sets one up, its keys made on the spot. */
export function timeAuthority(folder: string, name: string): TimeAuthority {
  const file = (ending: string) => `${name}-${ending}`;
  const subject = (who: string) => `/O=Practice authority ${name}/CN=${who}`;
  for (const key of ['root.key', 'tsa.key'])
    run(folder, 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file(key));
  run(
    folder,
    ...['req', '-x509', '-key', file('root.key'), '-out', file('root.pem'), '-days', '30', '-subj', subject('Root')],
    ...['-addext', 'basicConstraints=critical,CA:TRUE'],
  );
  run(folder, 'req', '-new', '-key', file('tsa.key'), '-subj', subject('Time stamps'), '-out', file('tsa.csr'));
  writeFileSync(join(folder, file('tsa.ext')), 'extendedKeyUsage=critical,timeStamping\n');
  run(
    folder,
    ...['x509', '-req', '-in', file('tsa.csr'), '-CA', file('root.pem'), '-CAkey', file('root.key'), '-days', '30'],
    ...['-CAcreateserial', '-extfile', file('tsa.ext'), '-out', file('tsa.pem')],
  );
  writeFileSync(join(folder, file('serial')), '01\n');
  writeFileSync(
    join(folder, file('tsa.cnf')),
    `[tsa]\ndefault_tsa = t\n[t]\nserial = ./${file('serial')}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1
digests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\ncrypto_device = builtin\n`,
  );
  return {
    root: join(folder, file('root.pem')),
    answer: (request, out) =>
      void run(
        folder,
        ...['ts', '-reply', '-config', file('tsa.cnf'), '-queryfile', request],
        ...['-signer', file('tsa.pem'), '-inkey', file('tsa.key'), '-out', out],
      ),
  };
}
