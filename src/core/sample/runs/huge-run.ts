import type { Directory, SampleContent, SampleFile, SampleRun } from '../sample-file.ts'

const executionId = '9e47b1f2-06cd-4d38-93a7-d81c5e2f6a04'
const agentId = 'f1c8d5a7-92e0-4b63-a4f8-3e6b0d7c1925'
const idStart = '7b1d0000-0000-4000-8000-'
const startedAt = Date.parse('2026-11-10T21:02:00Z')

/** The share of the files that each directory holds, in parts of a hundred. */
const shares: readonly (readonly [Directory, number])[] = [
  ['uploads', 1],
  ['downloads', 6],
  ['workspace', 90],
  ['shared', 1],
  ['debug', 2],
]
const kinds = [
  { ending: 'js', mimeType: 'text/javascript' },
  { ending: 'd.ts', mimeType: 'text/plain' },
  { ending: 'json', mimeType: 'application/json' },
  { ending: 'md', mimeType: 'text/markdown' },
  { ending: 'log', mimeType: 'text/plain' },
] as const

/** A run with very many small files, as a checked-out repository leaves them. None of them is kept in memory. */
export function createHugeRun(options: { readonly fileCount: number }): SampleRun {
  const ranges = rangesOf(options.fileCount)
  return {
    executionId,
    agentId,
    label: `Build a repository (${new Intl.NumberFormat('en').format(options.fileCount)} files)`,
    agentName: 'Build a repository',
    createdAt: startedAt,
    status: () => 'completed',
    endedAt: () => startedAt + 3_600_000,
    *files(directory) {
      const { from, to } = ranges.get(directory) ?? { from: 0, to: 0 }
      for (let index = from; index < to; index += 1) yield fileAt(index, directory)
    },
    file(id) {
      if (!id.startsWith(idStart)) return null
      const index = Number.parseInt(id.slice(idStart.length), 16)
      for (const [directory, { from, to }] of ranges) if (index >= from && index < to) return fileAt(index, directory)
      return null
    },
    lastUpdated: () => startedAt + 3_600_000,
  }
}

function rangesOf(fileCount: number): ReadonlyMap<Directory, { readonly from: number; readonly to: number }> {
  const ranges = new Map<Directory, { readonly from: number; readonly to: number }>()
  let parts = 0
  for (const [directory, share] of shares) {
    const from = Math.floor((fileCount * parts) / 100)
    parts += share
    ranges.set(directory, { from, to: Math.floor((fileCount * parts) / 100) })
  }
  return ranges
}

function fileAt(index: number, directory: Directory): SampleFile {
  const kind = kinds[index % kinds.length] ?? kinds[0]
  const fileName = `module-${String(index % 40).padStart(2, '0')}-${index}.${kind.ending}`
  const createdAt = startedAt + (index % 3_600) * 1_000
  return {
    id: idStart + index.toString(16).padStart(12, '0'),
    directory,
    filePath: `repository/packages/package-${Math.floor(index / 400)}/source-${Math.floor(index / 40) % 10}/${fileName}`,
    fileName,
    mimeType: kind.mimeType,
    createdBy: index % 7 === 0 ? 'environment' : 'agent',
    createdAt,
    updatedAt: createdAt + (index % 11) * 1_000,
    content: contentAt(index),
  }
}

/** From nothing to 8 KB of one repeated line; made when read, since most are never asked for. */
function contentAt(index: number): SampleContent {
  const size = (index * 2_654_435_761) % 8_192
  return {
    size,
    version: `file-${index}`,
    md5: null,
    read: (from, to) => [Buffer.alloc(size, `// file ${index} of the sample\n`).subarray(from, to)],
  }
}
