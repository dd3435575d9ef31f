import { useState } from 'react';
import type { Micros } from '../../../shared/base/time.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { cancelTask, useTasks } from '../../state/tasks.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { seenSentence } from './live-words.ts';

interface EndLiveProps {
  readonly task: string;
  readonly live: LiveView;
  readonly nowUs: Micros;
}

/** The end of a live acquisition: asked once, because what is not watched cannot be seen later. */
export function EndLive({ task, live, nowUs }: EndLiveProps) {
  const [asking, setAsking] = useState(false);
  const ending = useTasks((tasks) => tasks.ending.includes(task)) || live.state === 'ending';
  const end = () => {
    setAsking(false);
    void cancelTask(task);
  };
  return (
    <>
      <Button isDisabled={ending} onPress={() => setAsking(true)}>
        {ending ? 'Ending' : 'End the live acquisition'}
      </Button>
      {asking && !ending ? (
        <DialogBox
          title="End the live acquisition?"
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onPress={() => setAsking(false)}>Go on watching</Button>
              <Button look="primary" onPress={end}>
                End the live acquisition
              </Button>
            </>
          }
        >
          <p>
            What was seen until now stays in the case: {seenSentence(live, nowUs)}. The last answers are written and
            hashed, and the clocks are compared once more.
          </p>
          <p>
            This is how a live acquisition is completed, not a failure. What the phone does afterwards is not seen;
            watching can be begun again at any time, as an acquisition of its own.
          </p>
        </DialogBox>
      ) : null}
    </>
  );
}
