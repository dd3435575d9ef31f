import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `custody`: the examiner's key, signatures, time stamps, and sealed cases. */
export function custodyHandlers({ engine, cases, tasks }: HostContext): GroupHandlers<'custody'> {
  return {
    key: () => engine.signingKey(),
    createKey: (choice) => engine.createSigningKey(choice),
    log: async ({ case: id, after, limit }) => cases.get(id).custodyLog(after, limit),
    async sign({ case: id, task, passphrase }) {
      const open = cases.get(id);
      return tasks.run({ task, kind: 'sign', case: id }, (work) => open.sign(passphrase, work));
    },
    requestStamp: async ({ case: id, out }) => cases.get(id).requestStamp(out),
    takeStamp: async ({ case: id, file, authorities }) => cases.get(id).takeStamp(file, authorities),
    async seal({ case: id, task, to, out }) {
      const { path } = await cases.get(id).view();
      return tasks.run({ task, kind: 'seal', case: id }, (work) => engine.sealCase(path, { to, out }, work));
    },
    async unseal({ task, file, identities, out }) {
      return tasks.run({ task, kind: 'unseal', case: null }, (work) =>
        engine.unsealCase(file, { identities, out }, work),
      );
    },
  };
}
