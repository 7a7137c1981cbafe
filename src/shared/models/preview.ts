import { z } from 'zod'

/** How a file is shown. `binary` is shown as bytes, `empty` has none. */
const previewKinds = [
  'text',
  'code',
  'log',
  'markdown',
  'json',
  'table',
  'workbook',
  'image',
  'pdf',
  'audio',
  'video',
  'html',
  'archive',
  'font',
  'binary',
  'empty',
] as const
export type PreviewKind = (typeof previewKinds)[number]

/** What the first bytes of a file tell. Sizes in bytes. */
export const previewHeadSchema = z
  .object({
    kind: z.enum(previewKinds),
    /** The MIME type that the first bytes tell; null when they tell none. */
    foundMime: z.string().nullable(),
    /** What it probably is, for a person: “PNG image”. */
    description: z.string(),
    /** The label of its encoding for `TextDecoder`; null when it is not text. */
    encoding: z.string().nullable(),
    /** The highlighter's name of its language; null when it is not code. */
    language: z.string().nullable(),
    /** The size as the server tells it now, else as it was listed. */
    size: z.number().nullable(),
    firstBytes: z.instanceof(Uint8Array),
    /** Whether `firstBytes` are the whole file. */
    complete: z.boolean(),
    /** Whether the server answers for parts of the file; without, only its beginning can be read. */
    canRange: z.boolean(),
    /** Where an `<img>`, `<audio>` or `<video>` of the window finds the content, relative to the window's page. */
    content: z.string(),
  })
  .readonly()
export type PreviewHead = z.infer<typeof previewHeadSchema>

/** The formats of pictures that are shown within documents: those that hold nothing but a picture. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const
export type PictureType = (typeof pictureTypes)[number]

/** A picture that a document shows. */
export const pictureSchema = z.object({ mime: z.enum(pictureTypes), bytes: z.instanceof(Uint8Array) }).readonly()
export type Picture = z.infer<typeof pictureSchema>

/** A later part of a file. */
export const previewPartSchema = z
  .object({
    from: z.number(),
    bytes: z.instanceof(Uint8Array),
    /** The size as the server tells it now; a growing file's grows. */
    size: z.number().nullable(),
  })
  .readonly()
export type PreviewPart = z.infer<typeof previewPartSchema>
