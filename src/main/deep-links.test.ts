import { expect, test, vi } from 'vitest'
import { executionOf } from './deep-links.ts'

vi.mock('electron', () => ({}))

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test.each([
  [[executionId], 'account'],
  [['--no-sandbox', `--execution=${executionId.toUpperCase()}`], 'account'],
  [[`asteroid-files://executions/${executionId}`], 'account'],
  [['.', `https://platform.asteroid.ai/executions/${executionId}?tab=files`], 'account'],
  [['--sample', `--execution=${executionId}`], 'sample'],
])('%j names an execution', (argv, source) => {
  expect(executionOf(argv)).toEqual({ executionId, source })
})

test.each([
  [[]],
  [['--sample']],
  [['asteroid-files://settings']],
  [['asteroid-files://executions/../../etc/passwd']],
  [[`javascript:alert("/executions/${executionId}")`]],
  [['--execution=']],
])('%j names none', (argv) => {
  expect(executionOf(argv)).toBeNull()
})
