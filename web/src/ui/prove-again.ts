// The question "is it still you?", asked wherever an act needs it and answered by whoever shows the dialog.

let ask: (() => Promise<boolean>) | undefined

/** Who shows the dialog. Returns how to stop. */
export function answerProveAgain(show: () => Promise<boolean>): () => void {
  ask = show
  return () => {
    if (ask === show) ask = undefined
  }
}

/** Asks; true once the person has proved it, false when he turned away. */
export async function proveAgain(): Promise<boolean> {
  return (await ask?.()) ?? false
}
