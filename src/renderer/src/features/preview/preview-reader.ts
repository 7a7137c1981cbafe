import { assertNever } from '../../../../shared/assert-never.ts'
import type { Api } from '../../../../shared/contract.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { maximumReadBytes } from '../../../../shared/limits.ts'
import type { Picture, PreviewHead, PreviewPart } from '../../../../shared/models/preview.ts'

/** Reads one file of an open listing. All calls throw a `PreviewProblem`. */
export type PreviewReader = {
  readonly open: () => Promise<PreviewHead>
  readonly read: (from: number, length: number) => Promise<PreviewPart>
  /** Reads the picture of the run that the file shows by a reference; null when there is none that may be shown. */
  readonly picture: (reference: string) => Promise<Picture | null>
  /** Answers where a sandboxed frame finds a page of HTML. */
  readonly addPage: (html: string) => Promise<string>
}

/** Why a file can't be shown, as a sentence for a person. */
export class PreviewProblem extends Error {
  readonly isCancelled: boolean

  constructor(message: string, isCancelled = false) {
    super(message)
    this.name = 'PreviewProblem'
    this.isCancelled = isCancelled
  }
}

export function createPreviewReader(api: Api, listing: number, node: number): PreviewReader {
  return {
    async open() {
      const answer = await api.invoke('preview:open', { listing, node })
      if (!answer.ok) throw problemOf(answer.error)
      return answer.value
    },
    async read(from, length) {
      const answer = await api.invoke('preview:read', { listing, node, from, length })
      if (!answer.ok) throw problemOf(answer.error)
      return answer.value
    },
    async picture(reference) {
      const answer = await api.invoke('preview:picture', { listing, node, reference })
      if (!answer.ok) throw problemOf(answer.error)
      return answer.value
    },
    async addPage(html) {
      const answer = await api.invoke('preview:add-page', { html })
      if (!answer.ok) throw problemOf(answer.error)
      return answer.value
    },
  }
}

/** Reads on from the first bytes until the end or `most` bytes; answers null when the file is larger than that. */
export async function readWhole(
  reader: PreviewReader,
  head: PreviewHead,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const first = new Uint8Array(head.firstBytes)
  if (head.complete) return first
  if (head.size === null || head.size > most) return null
  const whole = new Uint8Array(head.size)
  whole.set(first)
  for (let at = first.length; at < whole.length; ) {
    const { bytes } = await reader.read(at, Math.min(maximumReadBytes, whole.length - at))
    if (bytes.length === 0) throw new PreviewProblem('The file ended earlier than its size says.')
    whole.set(bytes.subarray(0, whole.length - at), at)
    at += bytes.length
  }
  return whole
}

function problemOf(error: AppError): PreviewProblem {
  return new PreviewProblem(`${error.message}${adviceOf(error)}`, error.kind === 'cancelled')
}

function adviceOf(error: AppError): string {
  switch (error.kind) {
    case 'offline':
    case 'timed-out':
    case 'server-error':
    case 'bad-response':
      return ' The file itself is as it was; try again.'
    case 'link-expired':
      return ' Refresh the run for a new one.'
    case 'key-missing':
    case 'unauthorized':
    case 'not-found':
    case 'rate-limited':
    case 'too-large':
    case 'cancelled':
    case 'invalid-input':
    case 'unsafe-url':
    case 'wrong-size':
    case 'disk-full':
    case 'disk':
    case 'keychain-missing':
    case 'keychain-locked':
    case 'keychain-slow':
    case 'unexpected':
      return ''
    default:
      return assertNever(error)
  }
}
