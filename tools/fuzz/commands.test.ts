import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../src/core/failure.ts'
import { silentLogger } from '../../src/core/log/logger.ts'
import { serve } from '../../src/main/ipc.ts'
import { type Command, commands, type Handlers } from '../../src/shared/contract.ts'
import { anyText, anyValue, hold } from './hold.ts'
import { valuesOf } from './schema-arbitrary.ts'

type Listener = (event: unknown, payload: unknown) => Promise<unknown>
const served = vi.hoisted(() => new Map<string, Listener>())
vi.mock('electron', () => ({
  ipcMain: { handle: (command: string, listener: Listener) => served.set(command, listener) },
}))

const names = Object.keys(commands) as Command[]
const anyCommand = fc.constantFrom(...names)
/** Payloads that fit more often than not, beside any value at all. */
const anyCall = anyCommand.chain((command) => {
  const schema = z.toJSONSchema(commands[command].input, { io: 'input', unrepresentable: 'any' })
  const fitting = valuesOf(schema as Parameters<typeof valuesOf>[0], anyText)
  return fc.tuple(fc.constant(command), fc.oneof(fitting, anyValue))
})

test('a sender that is not trusted reaches no handler, whatever it sends', async () => {
  const reached: string[] = []
  serveWith((command) => reached.push(command), false)
  await hold(anyCall, async ([command, payload]) => {
    await expect(call(command, payload)).rejects.toThrow('Refused')
  })
  expect(reached).toEqual([])
})

test('a handler gets what the contract says, and any other payload is rejected before it', async () => {
  const got: [Command, unknown][] = []
  serveWith((command, input) => got.push([command, input]), true)
  await hold(anyCall, async ([command, payload]) => {
    got.length = 0
    const parsed = commands[command].input.safeParse(payload)
    if (parsed.success) {
      await call(command, payload)
      expect(got).toEqual([[command, parsed.data]])
    } else {
      await expect(call(command, payload)).rejects.toThrow('Refused')
      expect(got).toEqual([])
    }
  })
})

test('whatever a handler throws or answers arrives as a result, and what was not expected tells nothing of itself', async () => {
  let behaviour: () => unknown = () => undefined
  serveWith(() => behaviour(), true)
  const asked = names.filter((command) => commands[command].input.safeParse(undefined).success)
  const thrown = fc.oneof(
    anyValue,
    anyText.map((text) => new Error(`secret-${text}`)),
    anyText.map((message) => new Failure({ kind: 'not-found', message })),
  )
  const act = fc.oneof(
    thrown.map((value) => () => {
      throw value
    }),
    anyValue.map((value) => () => value),
  )
  await hold(fc.tuple(fc.constantFrom(...asked), act), async ([command, next]) => {
    behaviour = next
    const result = await call(command, undefined)
    expect(result).toMatchObject({ ok: expect.any(Boolean) })
    expect(String(JSON.stringify((result as { error?: unknown }).error))).not.toContain('secret-')
  })
})

function serveWith(act: (command: Command, input: unknown) => unknown, trusted: boolean): void {
  const entries = names.map((command) => [command, (input: unknown) => act(command, input)])
  serve(Object.fromEntries(entries) as Handlers, () => trusted, silentLogger)
}

async function call(command: Command, payload: unknown): Promise<unknown> {
  return served.get(command)?.({ senderFrame: null }, payload)
}
