import type { ExecutionKey } from '../shared/models/execution.ts'

/** Executions that are handed to the app from outside, maybe before its window can listen. */
export type ExecutionInbox = {
  readonly hand: (execution: ExecutionKey) => void
  /** Tells that the window listens from now on; answers the execution that came before, once. */
  readonly take: () => ExecutionKey | null
  /** Tells that the window no longer listens, such as while it is loaded anew. */
  readonly pause: () => void
}

export function createExecutionInbox(deliver: (execution: ExecutionKey) => void): ExecutionInbox {
  let waiting: ExecutionKey | null = null
  let listening = false

  return {
    hand(execution) {
      if (listening) deliver(execution)
      else waiting = execution
    },
    take() {
      const execution = waiting
      waiting = null
      listening = true
      return execution
    },
    pause() {
      listening = false
    },
  }
}
