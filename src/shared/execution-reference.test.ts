import { expect, test } from 'vitest'
import { parseExecutionReference } from './execution-reference.ts'

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test.each([
  [id, id],
  [`  ${id.toUpperCase()}\n`, id],
  [`https://platform.asteroid.ai/executions/${id}`, id],
  [`platform.asteroid.ai/executions/${id}`, id],
  [`https://platform.asteroid.ai/agents/x/executions/${id}/files?tab=1#top`, id],
  [`<https://platform.asteroid.ai/executions/${id}>`, id],
  [`asteroid-files://executions/${id}`, id],
  ['', null],
  ['3f2504e0', null],
  [`${id}0`, null],
  [`https://platform.asteroid.ai/agents/${id}`, null],
  [`javascript:alert(1)//executions/${id}`, null],
  [`file:///executions/${id}`, null],
  ['https://platform.asteroid.ai/executions/../../etc', null],
])('%j means %j', (text, expected) => {
  expect(parseExecutionReference(text)).toBe(expected)
})
