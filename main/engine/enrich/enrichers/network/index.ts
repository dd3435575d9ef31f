import type { AddressEnricherFactory } from '../../enricher-factory.ts';

/** Which network announces the range of an address, and what that is called. Names mislead: organisations are told by the number. */
export const network: AddressEnricherFactory = ({ databases }) => ({
  id: 'network',
  title: 'Networks that announce addresses',
  ofAddress: (ip) =>
    databases.networks.flatMap(({ of, source }) => {
      const found = of(ip);
      return found ? [{ kind: 'network' as const, ...found, source }] : [];
    }),
});
