import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import fc from 'fast-check'
import { z } from 'zod'
import { type Command, commands } from '../src/shared/contract.ts'
import { valuesOf } from '../tools/fuzz/schema-arbitrary.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_260_101)
const payloadsEach = Math.min(400, Math.max(8, Number(process.env.FUZZ_RUNS ?? 0) / 100))
const special = fc.constantFrom(
  '../../escaped',
  '/etc/passwd',
  'C:\\Windows\\x',
  '__proto__',
  'a'.repeat(1_001),
  '*'.repeat(99),
)

test('whatever a script in the window asks, each answer is a result, and nothing is written elsewhere', async ({
  launch,
  folder,
}) => {
  // Nobody answers there: a key that is tried goes nowhere.
  const app = await launch({ env: { ASTEROID_BASE_URL: 'http://127.0.0.1:9' } })
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
  const [run] = await ask(app.window, 'sample:list', undefined)
  const { listing } = await ask(app.window, 'listing:open', { executionId: run?.executionId ?? '', source: 'sample' })
  await ask(app.window, 'settings:change', { bandwidthLimit: 1_024 })

  const unreached: Command[] = []
  for (const command of Object.keys(commands) as Command[]) {
    const schema = z.toJSONSchema(commands[command].input, { io: 'input', unrepresentable: 'any' })
    const ids = fc.oneof(special, fc.constant(run?.executionId ?? ''))
    const values = valuesOf(schema as Parameters<typeof valuesOf>[0], ids).map((value) =>
      // Half of the time it is about the listing that is open.
      typeof value === 'object' && value !== null && 'listing' in value && Math.abs(Number(value.listing)) % 2 === 0
        ? { ...value, listing }
        : value,
    )
    const payloads = fc.sample(values, { seed, numRuns: payloadsEach })
    const answers = await app.window.evaluate(
      async ([name, inputs]) => {
        const told: string[] = []
        for (const input of inputs) {
          const late = new Promise<string>((resolve) => setTimeout(resolve, 20_000, 'no answer'))
          const answer = window.api.invoke(name as Command, input as never).then(
            (result) => (typeof result.ok === 'boolean' ? 'result' : 'something else'),
            () => 'rejection',
          )
          told.push(await Promise.race([answer, late]))
        }
        return told
      },
      [command, payloads] as const,
    )
    expect(
      answers.filter((answer) => answer !== 'result' && answer !== 'rejection'),
      command,
    ).toEqual([])
    if (!answers.includes('result')) unreached.push(command)
  }
  // Each handler was tried, not only what stands before it.
  expect(unreached).toEqual([])

  expect(await ask(app.window, 'app:info', undefined)).toMatchObject({ version: expect.any(String) })
  expect(readdirSync(folder).toSorted()).toEqual(['home', 'profile'])
  const written = readdirSync(path.join(folder, 'home')).filter((name) => !name.startsWith('.'))
  expect(written.toSorted()).toEqual(['Desktop', 'Downloads'])
})
