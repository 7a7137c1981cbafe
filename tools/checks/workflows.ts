import { parse } from 'yaml'

type Step = {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}
type Job = {
  readonly uses?: string
  readonly steps?: readonly Step[]
  readonly needs?: string | readonly string[]
  readonly permissions?: unknown
  readonly 'timeout-minutes'?: number
}
type Workflow = {
  readonly name?: string
  readonly on?: unknown
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs?: Readonly<Record<string, Job>>
}

/** A workflow's faults that can be told without running it. `scripts` are the names in package.json. */
export function workflowFaults(text: string, scripts: readonly string[]): readonly string[] {
  const workflow = parse(text) as Workflow
  const jobs = Object.entries(workflow.jobs ?? {})
  return [
    ...(workflow.name && workflow.on ? [] : ['it has no name or nothing starts it']),
    ...(workflow.permissions?.contents === 'read' ? [] : ['it may do more than read, where no job asks for more']),
    ...(jobs.length > 0 ? [] : ['it has no job']),
    ...jobs.flatMap(([name, job]) =>
      jobFaults(
        job,
        jobs.map(([each]) => each),
      ).map((fault) => `${name}: ${fault}`),
    ),
    ...jobs.flatMap(([name, job]) =>
      (job.steps ?? []).flatMap((step) => stepFaults(step, scripts).map((fault) => `${name}: ${fault}`)),
    ),
  ]
}

function jobFaults(job: Job, jobs: readonly string[]): readonly string[] {
  const needs = typeof job.needs === 'string' ? [job.needs] : (job.needs ?? [])
  const bounded = job.uses !== undefined || job['timeout-minutes'] !== undefined
  return [
    ...needs.filter((each) => !jobs.includes(each)).map((each) => `it needs ${each}, which is no job`),
    ...(bounded ? [] : ['it has no time limit']),
    ...(job.uses !== undefined || (job.steps?.length ?? 0) > 0 ? [] : ['it has no step']),
  ]
}

function stepFaults({ uses, run }: Step, scripts: readonly string[]): readonly string[] {
  if (uses !== undefined) return actionPinned(uses) ? [] : [`${uses} is not pinned to a major version or a commit`]
  if (run === undefined) return ['a step neither runs nor uses anything']
  const called = [...run.matchAll(/\bnpm (?:run (?:-s )?)?([\w:-]+)/g)].map((match) => ({
    script: match[1] ?? '',
    isScript: match[0].includes('npm run'),
  }))
  return [
    ...called
      .filter(({ script, isScript }) => isScript && !scripts.includes(script))
      .map(({ script }) => `npm run ${script} is no script of package.json`),
    // What comes from outside goes through the environment: in a script it would be run.
    ...(/\$\{\{\s*(github\.(event|head_ref)|inputs)/.test(run) ? ['a script holds text from outside'] : []),
  ]
}

/** Actions of GitHub's own by major version, all others by commit. */
function actionPinned(uses: string): boolean {
  return uses.startsWith('./') || /^actions\/[\w-]+@v\d+$/.test(uses) || /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)
}
