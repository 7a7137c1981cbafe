import { registerHooks } from 'node:module'

// It imports its JSON as bundlers do, without saying that it is JSON, which Node wants to be told.
const hooks = registerHooks({
  load: (url, context, next) =>
    next(url, /\/@actions\/.*\.json$/.test(url) ? { ...context, importAttributes: { type: 'json' } } : context),
})
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')
hooks.deregister()

/** What GitHub's own parser finds in a workflow: unknown keys, wrong values, and expressions that can't be understood. */
export async function workflowSyntaxFaults(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter())
  const template = value && (await convertWorkflowTemplate(context, value))
  const told = [...context.errors.getErrors(), ...(template?.errors ?? [])]
  return [...new Set(told.map((each) => ('message' in each ? each.message : each.Message)))]
}
