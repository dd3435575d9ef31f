import { Failure } from '../../shared/base/failure.ts';
import type { Wire } from '../../shared/contract/derive.ts';
import type { Host } from './host.ts';

/** A wire to a host in the same process. Values pass through a structured clone, as on any other wire. */
export function wireTo(host: Pick<Host, 'handle' | 'listen'>): Wire {
  let next = 1;
  return {
    async request(group, name, args) {
      const reply = structuredClone(await host.handle(structuredClone({ id: next++, group, name, args })));
      if (reply.ok) return reply.value;
      throw new Failure(reply.error.code, reply.error.message, reply.error.advice);
    },
    listen(group, name, listener) {
      return host.listen((news) => {
        if (news.group === group && news.name === name) listener(structuredClone(news.payload));
      });
    },
  };
}
