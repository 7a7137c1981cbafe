import { afterEach, expect, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { readContract } from '../api/contract.fixture.ts'
import { startContractProxy } from '../api/contract-proxy.fixture.ts'
import { parseListing } from '../api/parse-listing.fixture.ts'
import { parseBase } from '../api/request-policy.ts'
import { startSample } from './sample.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

test('between client and sample, the contract is kept to the letter', async () => {
  const sample = await startSample({ fileCount: 2_000, largeFileBytes: 1_000 })
  const proxy = await startContractProxy(sample.base)
  const client = createClient({ base: parseBase(proxy.base), key: sample.key })
  endings.push(sample.close, proxy.close, client.close)
  for (const { executionId } of sample.runs) {
    const { files, leftOut } = await client.listFiles(executionId)
    expect([files.length > 0, leftOut]).toEqual([true, 0])
  }
  await expect(client.listFiles('3f2504e0-4f89-41d3-9a0c-0305e82c3301')).rejects.toThrow('not found')
  expect([proxy.checked(), proxy.faults]).toEqual([4, []])
})

test('the check can fail: an answer that leaves a field out is found', () => {
  const contract = readContract()
  const { operationId = '' } = contract.operationOf('GET', '/executions/x/files') ?? {}
  const answer = (body: unknown) =>
    contract.faultsOfAnswer(operationId, { status: 200, contentType: 'application/json', body: JSON.stringify(body) })
  expect(answer({ directories: { workspace: [{ id: 'no uuid' }] } })).toEqual(
    expect.arrayContaining([expect.stringContaining("must have required property 'downloadUrl'")]),
  )
  expect(answer({})).toEqual(["the whole must have required property 'directories'"])
  expect(contract.faultsOfAnswer(operationId, { status: 404, contentType: 'text/plain', body: 'No.' })).toHaveLength(1)
  expect(contract.faultsOfAnswer(operationId, { status: 404, contentType: 'text/html', body: '' })).toHaveLength(1)
})

test('whatever the contract allows is read without loss', () => {
  const contract = readContract()
  for (let seed = 0; seed < 200; seed += 1) {
    const answer = contract.example('Agents.Files.AgentFilesResponse', seed) as {
      readonly directories: Readonly<Record<string, readonly { readonly id: string }[]>>
    }
    expect(contract.faultsOf('Agents.Files.AgentFilesResponse', answer)).toEqual([])
    const { files, leftOut } = parseListing(JSON.stringify(answer))
    expect([files.map((file) => file.id), leftOut]).toEqual([
      Object.values(answer.directories).flatMap((group) => group.map((file) => file.id)),
      0,
    ])
  }
})
