import type { ReactNode } from 'react';

/** A form that Enter sends from any of its fields: what people press stands in the dialog's foot. */
export function EnterForm({ onSend, children }: { readonly onSend: () => unknown; readonly children: ReactNode }) {
  return (
    <form
      className="form"
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault();
        onSend();
      }}
    >
      {children}
      <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true">
        Send
      </button>
    </form>
  );
}
