import { expect, test } from 'vitest'
import { commandNames, helpFor } from './help.ts'

test('the help of everything names each command, and each command has a page that fits a terminal', () => {
  const overview = helpFor(null)
  for (const name of commandNames) {
    expect(overview).toContain(`asteroid-files ${name}`)
    const lines = helpFor(name).split('\n')
    expect(lines[0]).toContain(`asteroid-files ${name}`)
    expect(lines.length).toBeLessThan(28)
  }
  for (const line of [null, ...commandNames].flatMap((name) => helpFor(name).split('\n')))
    expect([line, line.length <= 120]).toEqual([line, true])
})

test.each([
  ['ls', ['--json', '--unsorted']],
  ['get', ['--to', '--existing', '--json']],
  ['pull', ['--to', '--follow', '--json']],
] as const)('the page of %s tells its options', (name, options) => {
  for (const option of options) expect(helpFor(name)).toContain(`\n  ${option} `)
})
