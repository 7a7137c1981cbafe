import { encodePng } from '../../png.ts'
import { createPicture, write } from '../formats/picture.ts'
import { contentOf, type Directory, type SampleFile, type SampleRun, uuidOf } from '../sample-file.ts'
import { createInvoices } from './invoices.ts'
import { logLine } from './texts.ts'

const executionId = 'c2a9e6d4-81b3-4f07-a5d2-64f10b7e93c8'
const agentId = '6d20f3b1-5c4e-4a97-b8d1-0f9e7a3c52d4'
/** Steps that were taken before anyone looked, and the step at which the run ends. */
const stepsBefore = 12
const lastStep = 300

/**
 * A run that goes on: with every step its log grows, some files are new, some are written again, some go away.
 *
 * What there is depends on the moment alone, so that a listing and a download of the same moment agree.
 */
export function createGrowingRun(options: {
  readonly stepMilliseconds: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}): SampleRun {
  const { stepMilliseconds, now } = options
  const startedAt = now() - stepsBefore * stepMilliseconds
  const endedAt = startedAt + lastStep * stepMilliseconds
  const invoices = createInvoices(12)
  const screenshots = new Map<number, Buffer>()

  const stepNow = () => Math.min(lastStep, Math.floor((now() - startedAt) / stepMilliseconds))
  const timeOf = (step: number) => startedAt + step * stepMilliseconds
  const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

  function screenshot(step: number): Buffer {
    const drawn = screenshots.get(step) ?? drawStep(step)
    screenshots.set(step, drawn)
    return drawn
  }
  function entry(
    directory: Directory,
    path: string,
    mimeType: string,
    created: number,
    updated: number,
    bytes: string | Buffer,
  ): SampleFile {
    return {
      id: uuidOf(executionId, directory, path),
      directory,
      filePath: `${directory}/${path}`,
      fileName: path.slice(path.lastIndexOf('/') + 1),
      mimeType,
      createdBy: directory === 'uploads' ? 'user' : directory === 'debug' ? 'system' : 'agent',
      createdAt: timeOf(created),
      updatedAt: timeOf(updated),
      content: contentOf(bytes),
    }
  }
  function files(): readonly SampleFile[] {
    const step = stepNow()
    const done = steps(0, step)
    const log = done
      .flatMap((each) => [0, 1, 2].map((line) => logLine(each * 3 + line, timeOf(each), invoices)))
      .join('')
    const results = `step,title,price\n${done.map((each) => `${each + 1},Product ${each + 1},${(each * 37) % 900}.99\n`).join('')}`
    const progress = JSON.stringify({ step, of: lastStep, share: step / lastStep }, null, 2)
    return [
      entry('uploads', 'products.txt', 'text/plain', 0, 0, 'https://shop.example/products\n'),
      entry('workspace', 'results.csv', 'text/csv', 0, step, results),
      entry('workspace', 'progress.json', 'application/json', 0, step, progress),
      ...steps(Math.max(0, step - 4), step).map((each) =>
        entry(
          'workspace',
          `tmp/working-${each}.tmp`,
          'application/octet-stream',
          each,
          each,
          `Working on step ${each}.\n`,
        ),
      ),
      ...done
        .filter((each) => each % 3 === 0)
        .map((each) => entry('downloads', `pages/${numbered(each)}.html`, 'text/html', each, each, page(each))),
      ...done
        .filter((each) => each % 5 === 0)
        .map((each) => entry('debug', `screenshots/${numbered(each)}.png`, 'image/png', each, each, screenshot(each))),
      entry('debug', 'logs/agent.log', 'text/plain', 0, step, log),
    ]
  }

  return {
    executionId,
    agentId,
    label: 'Watch product prices (still running)',
    agentName: 'Watch product prices',
    createdAt: startedAt,
    status: () => (stepNow() < lastStep ? 'running' : 'completed'),
    endedAt: () => (stepNow() < lastStep ? null : endedAt),
    files: (directory) => files().filter((file) => file.directory === directory),
    file: (id) => files().find((file) => file.id === id) ?? null,
    lastUpdated: () => timeOf(stepNow()),
  }
}

function numbered(step: number): string {
  return `step-${String(step + 1).padStart(3, '0')}`
}

function page(step: number): string {
  return `<!doctype html>\n<title>Product ${step + 1}</title>\n<h1>Product ${step + 1}</h1>\n<p>${(step * 37) % 900}.99 EUR</p>\n`
}

function drawStep(step: number): Buffer {
  const picture = createPicture(320, 200, [244, 246, 250])
  write(picture, `Step ${step + 1}`, { x: 40, y: 70, dot: 8 }, [40, 60, 140])
  write(picture, `shop.example/products/${step + 1}`, { x: 40, y: 130, dot: 2 }, [120, 130, 150])
  return encodePng(picture)
}
