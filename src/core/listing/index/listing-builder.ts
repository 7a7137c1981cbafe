import type { WireFile } from '../../api/wire.ts'
import { addFile, createFileColumns, type FileColumns, withNumber, withSize } from '../columns/file-columns.ts'
import { appendId } from '../columns/file-id.ts'
import { grown } from '../columns/grown-array.ts'
import { intern } from '../columns/interner.ts'
import { fileKind, folderKind, internNode, repeatedNode } from '../columns/node-table.ts'
import { type Catalogue, directoryNode, internPrefix } from './catalogue.ts'
import { pathWithinDirectory, visibleName } from './entry-path.ts'
import { type FileType, fileTypeOf, fileTypes } from './file-type.ts'

const typeNumbers = new Map(fileTypes.map((type, index) => [type, index]))

/** Takes the files of one answer of the API, one by one, into columns. Links may be left out, for a listing from disk. */
export type ListingBuilder = {
  readonly files: FileColumns
  readonly add: (file: WireFile) => void
  /** A directory that the answer names, which is shown even when it is empty. */
  readonly addDirectory: (directory: string) => void
}

/** `like` is an earlier answer: this one gets as much room, which it then need not grow into. */
export function createListingBuilder(catalogue: Catalogue, like: FileColumns | null = null): ListingBuilder {
  const files = createFileColumns(like)
  const { nodes } = catalogue
  /** The node that was filled last of those with one path, by the first of them. */
  const lastRepeats = new Map<number, number>()
  /** 1 for each node that this answer has already filled. */
  let taken = new Uint8Array(nodes.count)
  // Neighbours in an answer mostly share a folder, so the last one found is kept at hand.
  let lastDirectory = ''
  let lastStart = ''
  let lastPrefix = -1

  function prefixOf(directory: string, filePath: string, startLength: number): number {
    const same = directory === lastDirectory && startLength === lastStart.length && filePath.startsWith(lastStart)
    if (same && lastPrefix >= 0) return lastPrefix
    lastDirectory = directory
    lastStart = filePath.slice(0, startLength)
    lastPrefix = internPrefix(catalogue, directory, lastStart)
    return lastPrefix
  }
  function takeNode(parent: number, name: string): number {
    let node = internNode(nodes, parent, fileKind, name)
    if (taken[node] === 1) {
      const first = node
      // From the last one on: a path that comes a hundred thousand times is not to be gone through from its first each time.
      node = lastRepeats.get(first) ?? first
      while (taken[node] === 1) node = repeatedNode(nodes, node)
      lastRepeats.set(first, node)
    }
    taken = grown(taken, node + 1)
    taken[node] = 1
    return node
  }

  return {
    files,
    addDirectory(directory) {
      directoryNode(catalogue, directory)
    },
    add(file) {
      const { filePath, directory } = file
      const index = addFile(files)
      const startLength = filePath.lastIndexOf('/') + 1
      const last = filePath.slice(startLength)
      let name = visibleName(last)
      let parent: number
      if (last === '' || last === '.') {
        const segments = pathWithinDirectory(directory, filePath, file.fileName)
        parent = directoryNode(catalogue, directory)
        for (const segment of segments.slice(0, -1)) parent = internNode(nodes, parent, folderKind, segment)
        name = segments.at(-1) ?? ''
        files.prefix[index] = internPrefix(catalogue, directory, '')
      } else {
        const prefix = prefixOf(directory, filePath, startLength)
        files.prefix[index] = prefix
        parent = catalogue.prefixFolders[prefix] ?? 0
      }
      if (name !== last) files.oddPaths.set(index, filePath)
      if (name !== file.fileName) files.oddNames.set(index, file.fileName)

      files.node[index] = takeNode(parent, name)
      files.size = withSize(files.size, index, file.fileSize ?? -1)
      files.creator = withNumber(files.creator, index, intern(catalogue.creators, file.createdBy))
      files.mimeType = withNumber(files.mimeType, index, intern(catalogue.mimeTypes, file.mimeType ?? ''))
      files.type[index] = typeNumber(fileTypeOf(file.mimeType ?? '', name))
      appendId(files, index, file.id)
      files.agentId.append(file.agentId)
      files.executionId.append(file.executionId)
      files.createdAt.append(file.createdAt)
      files.updatedAt.append(file.updatedAt)
      files.downloadUrl.append(file.downloadUrl)
    },
  }
}

function typeNumber(type: FileType): number {
  return typeNumbers.get(type) ?? 0
}
