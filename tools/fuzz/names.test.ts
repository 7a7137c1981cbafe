import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathWithinDirectory } from '../../src/core/listing/index/entry-path.ts'
import { createTargetPaths, safeName } from '../../src/core/transfers/target-path.ts'
import { isExecutionId, parseExecutionReference } from '../../src/shared/execution-reference.ts'
import { anyPath, anyText, hold } from './hold.ts'

test('a path of a listing always has a name, and no segment climbs, hides or holds a slash', () =>
  hold(fc.tuple(anyText, anyPath, anyText), ([directory, filePath, fileName]) => {
    const segments = pathWithinDirectory(directory, filePath, fileName)
    expect(segments.length).toBeGreaterThan(0)
    for (const segment of segments) {
      expect(segment).not.toBe('')
      expect(segment).not.toMatch(/[\u0000-\u001f\u007f/\u202a-\u202e\u2066-\u2069]/)
    }
  }))

test('a name on disk is legal on every system, and making it safe twice changes nothing', () =>
  hold(anyText, (text) => {
    const name = safeName(text)
    expect(name).not.toMatch(/[\u0000-\u001f<>:"/\\|?*]|[. ]$/)
    expect(['', '.', '..']).not.toContain(name)
    expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(245)
    expect(name.isWellFormed()).toBe(true)
    expect(safeName(name)).toBe(name)
  }))

test('no file of a batch leaves its folder or takes another’s place, on systems that ignore case too', () =>
  hold(fc.array(fc.array(anyText, { minLength: 1, maxLength: 6 }), { maxLength: 20 }), (files) => {
    const targetOf = createTargetPaths()
    const targets = files.map((file) => targetOf(file))
    for (const target of targets) {
      expect(path.posix.resolve('/target', ...target).startsWith('/target/')).toBe(true)
      expect(path.win32.resolve('C:\\target', ...target).startsWith('C:\\target\\')).toBe(true)
    }
    const folded = targets.map((target) => target.join('/').toLowerCase())
    expect(new Set(folded).size).toBe(folded.length)
    for (const one of folded) expect(folded.some((other) => other.startsWith(`${one}/`))).toBe(false)
  }))

test('a reference to an execution means an id in lower case, or nothing', () =>
  hold(anyText, (text) => {
    const id = parseExecutionReference(text)
    if (id !== null) expect(isExecutionId(id) && id === id.toLowerCase()).toBe(true)
  }))

test('an id is found in every form that it is passed on in', () =>
  hold(fc.tuple(fc.uuid(), fc.constantFrom('', ' ', '\n', '\t'), fc.webPath()), ([id, space, rest]) => {
    const forms = [
      id,
      id.toUpperCase(),
      `asteroid-files://executions/${id}`,
      `https://host.example/executions/${id}${rest}`,
    ]
    for (const form of forms) expect(parseExecutionReference(`${space}${form}${space}`)).toBe(id)
  }))
