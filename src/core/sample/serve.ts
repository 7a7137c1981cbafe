import { parseArgs } from 'node:util'
import { type SampleOptions, startSample } from './sample.ts'

const usage = `Serves the sample runs alone, until it is told to stop:
  npm run -s sample -- [--port N] [--key K] [--link-lifetime SECONDS] [--file-count N]
`

if (process.argv.includes('--help') || process.argv.includes('-h')) process.stdout.write(usage)
else await serve()

async function serve(): Promise<void> {
  try {
    const sample = await startSample(readOptions())
    process.stdout.write(`base ${sample.base}\nkey  ${sample.key}\n`)
    for (const { executionId, label } of sample.runs) process.stdout.write(`run  ${executionId}  ${label}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sample.close())
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`)
    process.exitCode = 2
  }
}

function readOptions(): SampleOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      key: { type: 'string' },
      'link-lifetime': { type: 'string' },
      'file-count': { type: 'string' },
    },
  })
  return {
    ...(values.key === undefined ? {} : { key: values.key }),
    ...wholeNumber('port', '--port', values.port),
    ...wholeNumber('linkLifetimeSeconds', '--link-lifetime', values['link-lifetime']),
    ...wholeNumber('fileCount', '--file-count', values['file-count']),
  }
}

function wholeNumber(name: keyof SampleOptions, option: string, text: string | undefined): SampleOptions {
  if (text === undefined) return {}
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`${option} wants a whole number.`)
  return { [name]: Number(text) }
}
