import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { directoryNames } from '../../shared/models/execution.ts'
import { keyHeader } from '../api/request-policy.ts'
import type { SampleFile, SampleRun } from './sample-file.ts'
import type { SignedLinks } from './signed-links.ts'

export const basePath = '/agents/v2'
/** Few enough that whatever else runs in this process need not wait while they are made. */
const entriesAtOnce = 200

/** Serves the API's calls for the sample's runs. The list of files is written as it is made, never held whole. */
export function createApi(options: {
  readonly runs: readonly SampleRun[]
  readonly links: SignedLinks
  readonly key: string
}): RequestListener {
  const { runs, links, key } = options
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://api.invalid')
    if (!sameText(String(request.headers[keyHeader.toLowerCase()] ?? ''), key))
      return answerJson(response, 401, { code: 401, message: 'The API key is missing or wrong.' })
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET')
      return answerJson(response, 405, { code: 405, message: 'Only GET is understood.' })
    }
    if (url.pathname === `${basePath}/executions`) return answerJson(response, 200, pageOf(runs, url.searchParams))
    const [, id, files] = /^\/agents\/v2\/executions\/([^/]+)(\/files)?$/.exec(url.pathname) ?? []
    if (id === undefined) return answerJson(response, 404, { code: 404, message: 'There is no such call.' })
    const run = runs.find((each) => each.executionId === id.toLowerCase())
    if (files === undefined)
      return run
        ? answerJson(response, 200, describe(run))
        : answerJson(response, 404, { code: 404, message: 'Execution not found.' })
    if (!run) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Execution not found.')
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    // A client that goes away in the middle is no fault of the server's.
    pipeline(Readable.from(listing(run, links)), response).catch(() => response.destroy())
  }
}

async function* listing(run: SampleRun, links: SignedLinks): AsyncGenerator<string> {
  yield '{"directories":{'
  for (const [index, directory] of directoryNames.entries()) {
    yield `${index > 0 ? ',' : ''}"${directory}":[`
    let entries: string[] = []
    let separator = ''
    for (const file of run.files(directory)) {
      entries.push(JSON.stringify(toWire(run, file, links)))
      if (entries.length < entriesAtOnce) continue
      yield separator + entries.join(',')
      await setImmediate()
      separator = ','
      entries = []
    }
    if (entries.length > 0) yield separator + entries.join(',')
    yield ']'
  }
  yield `},"lastUpdated":"${new Date(run.lastUpdated()).toISOString()}"}`
}

function toWire(run: SampleRun, file: SampleFile, links: SignedLinks): Readonly<Record<string, unknown>> {
  return {
    id: file.id,
    agentId: run.agentId,
    executionId: run.executionId,
    directory: file.directory,
    filePath: file.filePath,
    fileName: file.fileName,
    fileSize: file.content.size,
    ...(file.mimeType === null ? {} : { mimeType: file.mimeType }),
    createdBy: file.createdBy,
    createdAt: new Date(file.createdAt).toISOString(),
    updatedAt: new Date(file.updatedAt).toISOString(),
    downloadUrl: links.make(run.executionId, file.id),
  }
}

function describe(run: SampleRun): Readonly<Record<string, unknown>> {
  const endedAt = run.endedAt()
  return {
    id: run.executionId,
    agentId: run.agentId,
    agentName: run.agentName,
    status: run.status(),
    createdAt: new Date(run.createdAt).toISOString(),
    ...(endedAt === null
      ? {}
      : { terminalAt: new Date(endedAt).toISOString(), duration: Math.round((endedAt - run.createdAt) / 1_000) }),
  }
}

function pageOf(runs: readonly SampleRun[], query: URLSearchParams): Readonly<Record<string, unknown>> {
  const page = atLeastOne(query.get('page'), 1)
  const pageSize = atLeastOne(query.get('pageSize'), 10)
  const statuses = query.getAll('status')
  const wanted = (query.get('executionId') ?? '').toLowerCase()
  const found = runs
    .filter((run) => run.executionId.includes(wanted) && (statuses.length === 0 || statuses.includes(run.status())))
    .sort((a, b) => b.createdAt - a.createdAt)
  const items = found.slice((page - 1) * pageSize, page * pageSize).map(describe)
  return { items, page, pageSize, total: found.length }
}

function atLeastOne(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : otherwise
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Compares without telling by its duration how much is right. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
