import { z } from 'zod'
import type { ExecutionInfo } from '../../shared/models/execution.ts'

const time = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number())
  .nullable()
  .catch(null)

/** An execution as the API's optional calls tell of it. Only the id is certain. */
const wireExecutionSchema = z.object({
  id: z.string().min(1),
  agentName: z.string().nullable().catch(null),
  status: z.string().nullable().catch(null),
  createdAt: time,
  terminalAt: time,
})

/** An execution and what is known of it. */
export type ExecutionSummary = { readonly executionId: string; readonly info: ExecutionInfo }

/** A page of executions, newest first. */
export type ExecutionPage = { readonly executions: readonly ExecutionSummary[]; readonly total: number | null }

const pageSchema = z.object({
  items: z.array(z.unknown()),
  total: z.number().int().nonnegative().nullable().catch(null),
})

/** Reads the answer of `GET /executions/{executionId}`; null when it has another shape. */
export function parseExecution(text: string): ExecutionSummary | null {
  return toSummary(parseJson(text))
}

/** Reads the answer of `GET /executions`; null when it has another shape. An item that can't be read is left out. */
export function parseExecutions(text: string): ExecutionPage | null {
  const page = pageSchema.safeParse(parseJson(text))
  if (!page.success) return null
  const executions = page.data.items.map(toSummary).filter((each) => each !== null)
  return { executions, total: page.data.total }
}

function toSummary(value: unknown): ExecutionSummary | null {
  const execution = wireExecutionSchema.safeParse(value)
  if (!execution.success) return null
  const { id, agentName, status, createdAt, terminalAt } = execution.data
  return { executionId: id, info: { agentName, status, createdAt, endedAt: terminalAt } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
