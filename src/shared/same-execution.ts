import type { ExecutionKey } from './models/execution.ts'

/** Apart from the schemas, whose zod the window does not load. */
export function isSameExecution(one: ExecutionKey, other: ExecutionKey): boolean {
  return one.executionId === other.executionId && one.source === other.source
}
