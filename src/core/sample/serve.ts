import { parseArgs } from 'node:util'
import { startSample } from './sample.ts'

// Serves the sample alone, until it is told to stop: npm run -s sample -- --port N --key K
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    key: { type: 'string' },
    'link-lifetime': { type: 'string' },
    'file-count': { type: 'string' },
  },
})

const sample = await startSample({
  ...(values.port === undefined ? {} : { port: wholeNumber('--port', values.port) }),
  ...(values.key === undefined ? {} : { key: values.key }),
  ...(values['link-lifetime'] === undefined
    ? {}
    : { linkLifetimeSeconds: wholeNumber('--link-lifetime', values['link-lifetime']) }),
  ...(values['file-count'] === undefined ? {} : { fileCount: wholeNumber('--file-count', values['file-count']) }),
})
process.stdout.write(`base ${sample.base}\nkey  ${sample.key}\n`)
for (const { executionId, label } of sample.runs) process.stdout.write(`run  ${executionId}  ${label}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sample.close())

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`${name} wants a whole number.`)
  return Number(text)
}
