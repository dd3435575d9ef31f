import { Button } from '../../ui/Button.tsx';

interface TakeFootProps {
  /** What is picked, in a sentence. */
  readonly note: string;
  readonly picked: number;
  readonly one: string;
  readonly many: string;
  readonly onTake: () => void;
  readonly onClose: () => void;
}

/** The foot of a dialog in which something of the phone is picked. */
export function TakeFoot({ note, picked, one, many, onTake, onClose }: TakeFootProps) {
  return (
    <>
      <span className="dialog-foot-note" role="status">
        {note}
      </span>
      <Button onPress={onClose}>Cancel</Button>
      <Button
        look="primary"
        onPress={() => {
          onTake();
          onClose();
        }}
      >
        {picked === 0 ? 'Take none' : picked === 1 ? `Take this ${one}` : `Take these ${picked} ${many}`}
      </Button>
    </>
  );
}
