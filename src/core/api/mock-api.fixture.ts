import { z } from 'zod'
import { readContract } from './contract.fixture.ts'
import { type LocalServer, startServer } from './local-server.fixture.ts'

/** A file that is served from elsewhere, to be listed by the mock. */
export type ServedFile = { readonly path: string; readonly size: number; readonly url: string }

const listedSchema = z.looseObject({ directories: z.looseObject({}) })
const entrySchema = z.looseObject({})

/**
 * An API that is made from the contract alone, and knows nothing of how the sample answers: values are made up from the schemas,
 * with the given files put in their place.
 */
export async function startMockApi(options: {
  readonly key: string
  readonly executionId: string
  readonly files: readonly ServedFile[]
}): Promise<LocalServer & { readonly base: string }> {
  const contract = readContract()
  const server = await startServer((request, response) => {
    const operation = contract.operationOf(
      request.method ?? '',
      new URL(request.url ?? '/', 'http://mock.invalid').pathname,
    )
    if (!operation) return response.writeHead(404).end()
    if (request.headers['x-asteroid-agents-api-key'] !== options.key) return response.writeHead(401).end()
    if (operation.parameters.executionId !== options.executionId)
      return response.writeHead(404, { 'content-type': 'text/plain' }).end('Execution not found.')
    const answer = listedSchema.parse(contract.example('Agents.Files.AgentFilesResponse', 7))
    const groups: Record<string, unknown[]> = {}
    for (const [index, file] of options.files.entries()) {
      const [directory = '', ...within] = file.path.split('/')
      const made = entrySchema.parse(contract.example('Agents.Files.AgentFile', index))
      const entry = {
        ...made,
        directory,
        executionId: options.executionId,
        filePath: within.join('/'),
        fileName: within.at(-1),
        fileSize: file.size,
        downloadUrl: file.url,
      }
      groups[directory] = [...(groups[directory] ?? []), entry]
    }
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...answer, directories: groups }))
  })
  return { ...server, base: `http://127.0.0.1:${server.port}` }
}
