import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** An API whose answer a spec sets, or which says nothing until it is set again; it counts what it was asked. */
export async function startFaultyApi() {
  let answer: Answer | 'silence' = { status: 200, body: '{"directories":{}}' }
  let asked = 0
  const waiting: ServerResponse[] = []
  const give = (response: ServerResponse) => {
    if (answer === 'silence') waiting.push(response)
    else response.writeHead(answer.status, answer.headers).end(answer.body)
  }
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/files')) return response.writeHead(404).end()
    asked += 1
    return give(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    env: { ASTEROID_BASE_URL: `http://127.0.0.1:${port}/agents/v2`, ASTEROID_API_KEY: 'a-key-for-tests' },
    answer: (next: Answer | 'silence') => {
      answer = next
      for (const response of waiting.splice(0)) give(response)
    },
    asked: () => asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A listing of some files in one directory, as the API answers it; all of them gone where no links are given. */
export function listingOf(
  executionId: string,
  names: readonly string[],
  linkOf = (_name: string) => 'http://127.0.0.1:9/gone',
): Answer {
  const files = names.map((name, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    agentId: '7d3b8a52-94a1-4f0c-8f55-2b8f4d0c6a11',
    executionId,
    directory: 'workspace',
    filePath: `workspace/${name}`,
    fileName: name.split('/').at(-1),
    fileSize: 1_000 + index,
    mimeType: 'text/plain',
    createdBy: 'agent',
    createdAt: '2026-03-05T12:00:00Z',
    updatedAt: '2026-03-05T12:00:00Z',
    downloadUrl: linkOf(name),
  }))
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ directories: { workspace: files } }),
  }
}
