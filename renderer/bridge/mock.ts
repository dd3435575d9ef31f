import { contract } from '../../shared/contract/contract.ts';
import { type ContractShape, createClient, type Emit, type Handlers, type Wire } from '../../shared/contract/derive.ts';
import type { Bridge } from './bridge.ts';
import { failureOf } from './failures.ts';
import { Listeners } from './listeners.ts';
import { type MockChoices, mockHandlers } from './mock/handlers.ts';

type AnyHandlers = Readonly<Record<string, Readonly<Record<string, (args: unknown) => Promise<unknown>>>>>;

/**
 * A wire whose other end stands in the same page. Arguments and answers pass the contract's schemas, so that a test
 * double which no longer fits the contract fails at once, and they are copied as a real wire would copy them.
 */
export function localWire<C extends ContractShape>(shape: C, make: (emit: Emit<C>) => Handlers<C>): Wire {
  const listeners = new Listeners();
  const emit = (group: string, name: string, payload: unknown) => {
    const member = shape[group]?.[name];
    if (member?.is !== 'event') throw new Error(`${group}.${name} is no event of the contract`);
    const checked = member.payload.parse(payload);
    for (const listener of listeners.of(group, name)) listener(structuredClone(checked));
  };
  const handlers = make(emit as Emit<C>) as unknown as AnyHandlers;
  return {
    async request(group, name, args) {
      const member = shape[group]?.[name];
      const handler = handlers[group]?.[name];
      if (member?.is !== 'call' || !handler) throw failureOf(new Error(`${group}.${name} is no call of the contract`));
      try {
        const answer = await handler(member.args.parse(args));
        return structuredClone(member.result.parse(answer));
      } catch (thrown) {
        throw failureOf(thrown);
      }
    },
    listen: (group, name, listener) => listeners.listen(group, name, listener),
  };
}

/** The test double: the whole contract over a made-up phone, always the same. For `?mock` while developing. */
export function mockBridge(choices: MockChoices = {}): Bridge {
  const wire = localWire(contract, (emit: Emit<typeof contract>) => mockHandlers(emit, choices));
  return {
    shell: 'test',
    client: createClient(contract, wire),
    pathsOf: async (files) => files.map((file) => `/srv/lab/${file.name}`),
    onLink(listener) {
      listener({ state: 'connected', sentence: null });
      return () => {};
    },
  };
}
