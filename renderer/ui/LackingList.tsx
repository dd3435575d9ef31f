import type { Lacking } from '../../shared/text/lacking.ts';
import { StateMark } from './StateMark.tsx';
import './lacking.css';

/** What an acquisition lacks: state and reason once, then every command that it concerns. */
export function LackingList({ lacking }: { lacking: readonly Lacking[] }) {
  if (lacking.length === 0) return null;
  return (
    <ul className="lacking">
      {lacking.map(({ state, why, commands }) => (
        <li key={`${state} ${why}`}>
          <StateMark state={state} />
          <div>
            <p>{why}</p>
            <ul
              className="lacking-commands"
              aria-label={commands.length === 1 ? 'Command' : `${commands.length} commands`}
            >
              {commands.map((command) => (
                <li key={command}>
                  <code>{command}</code>
                </li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ul>
  );
}
