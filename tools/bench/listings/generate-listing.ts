const words = [
  'report',
  'invoice',
  'screenshot',
  'page',
  'order',
  'customer',
  'summary',
  'index',
  'data',
  'log',
  'café',
]
const kinds = [
  ['csv', 'text/csv'],
  ['png', 'image/png'],
  ['json', 'application/json'],
  ['pdf', 'application/pdf'],
  ['log', 'text/plain'],
  ['html', 'text/html'],
  ['ts', ''],
] as const
const directories = ['workspace', 'downloads', 'shared'] as const
const creators = ['agent', 'user', 'system', 'environment'] as const
const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const filesAFolder = 20

/** The text of a listing of so many files, in parts of some hundred kilobytes; always the same for the same count. */
export function* generateListing(count: number): Generator<string> {
  yield '{"directories":{'
  let made = 0
  for (const [number, directory] of directories.entries()) {
    const share = number === directories.length - 1 ? count - made : Math.floor(count / directories.length)
    yield `${number === 0 ? '' : ','}"${directory}":[`
    let part: string[] = []
    for (let index = 0; index < share; index += 1) {
      part.push(entry(directory, index, made + index))
      if (part.length < 1_000 && index + 1 < share) continue
      yield `${part.join(',')}${index + 1 < share ? ',' : ''}`
      part = []
    }
    made += share
    yield ']'
  }
  yield '},"lastUpdated":"2026-01-31T12:00:00.000Z"}'
}

function entry(directory: string, index: number, number: number): string {
  const random = mix(number)
  const [extension, mimeType] = kinds[random % kinds.length] ?? kinds[0]
  const word = words[(random >>> 4) % words.length] ?? ''
  const folder = Math.floor(index / filesAFolder)
  const fileName = `${word}-${index}.${extension}`
  const time = new Date(1_767_225_600_000 + (random % 10_000_000) * 250).toISOString()
  return JSON.stringify({
    id: uuid(number),
    agentId: '11111111-2222-4333-8444-555555555555',
    executionId,
    directory,
    filePath: `/home/agent/${directory}/batch-${Math.floor(folder / 50)}/part-${folder % 50}/${fileName}`,
    fileName,
    fileSize: (random >>> 3) % (1 << ((random % 24) + 4)),
    ...(mimeType === '' ? {} : { mimeType }),
    createdAt: time,
    updatedAt: time,
    createdBy: creators[(random >>> 9) % 10] ?? 'agent',
    downloadUrl: `http://127.0.0.1/content/${number}?expires=1767225600&signature=${hex(random)}${hex(mix(random))}`,
  })
}

/** A number that looks random and is not (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b) + 0x9e3779b9
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

function uuid(number: number): string {
  const [a, b, c] = [mix(number), mix(number + 7_000_000), mix(number + 14_000_000)]
  return `${hex(a)}-${hex(b).slice(0, 4)}-4${hex(b).slice(5)}-8${hex(c).slice(0, 3)}-${hex(c).slice(4)}${hex(a)}`
}
