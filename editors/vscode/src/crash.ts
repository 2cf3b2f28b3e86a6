// What happens when the server ends by itself: it is started again, and when that does not help the drafter is told.

import type { CloseHandlerResult, ErrorHandler, ErrorHandlerResult } from "vscode-languageclient/node";
import { CloseAction, ErrorAction } from "vscode-languageclient/node";

/** How often the server may end within `SPAN_MS` before it is left alone. */
const RESTARTS = 4;
const SPAN_MS = 3 * 60_000;

export class Crashes implements ErrorHandler {
  /** When it ended, in milliseconds; the latest last. */
  private ends: number[] = [];

  /** `tell` is called when the server is not started again. */
  constructor(private readonly tell: () => void) {}

  /** A message cannot be handed over when the server has just ended: `closed` is about to be called, and decides. */
  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.ends = [...this.ends.filter((end) => now - end < SPAN_MS), now];
    if (this.ends.length <= RESTARTS) {
      // In the way of nobody: what is on the screen stays, and is renewed in a moment.
      return { action: CloseAction.Restart, handled: true };
    }
    this.tell();
    return { action: CloseAction.DoNotRestart, handled: true };
  }
}
