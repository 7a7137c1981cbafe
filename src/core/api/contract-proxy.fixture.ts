import { request as sendRequest } from 'node:http'
import { readContract } from './contract.fixture.ts'
import { type LocalServer, startServer } from './local-server.fixture.ts'

/** A proxy in front of an API that checks every request and every answer against the contract. */
export type ContractProxy = LocalServer & {
  readonly base: string
  /** What was wrong, on either side. */
  readonly faults: readonly string[]
  /** How many calls of the contract went through. */
  readonly checked: () => number
}

/** Puts a checking proxy before an API base. Calls that the contract does not know pass unchecked. */
export async function startContractProxy(target: string): Promise<ContractProxy> {
  const contract = readContract()
  const { origin, pathname: basePath } = new URL(target)
  const faults: string[] = []
  let checked = 0
  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '/', origin)
    const operation = contract.operationOf(request.method ?? '', url.pathname.slice(basePath.length))
    if (operation) {
      checked += 1
      faults.push(...contract.faultsOf('Common.uuid', operation.parameters.executionId))
      if (typeof request.headers['x-asteroid-agents-api-key'] !== 'string') faults.push('A request has no key.')
      if (url.search !== '') faults.push(`A request has a query: ${url.search}`)
    }
    const onward = sendRequest(url, { method: request.method, headers: request.headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => {
        const body = Buffer.concat(parts)
        const { statusCode: status = 0, headers } = answer
        if (operation)
          faults.push(
            ...contract.faultsOfAnswer(operation.operationId, {
              status,
              contentType: headers['content-type'] ?? '',
              body: body.toString('utf8'),
            }),
          )
        response.writeHead(status, { 'content-type': headers['content-type'] ?? '' }).end(body)
      })
    })
    onward.end()
  })
  return { ...server, base: `http://127.0.0.1:${server.port}${basePath}`, faults, checked: () => checked }
}
