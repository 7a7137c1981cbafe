import { z } from 'zod'
import { columns } from '../columns.ts'
import { columnSchema } from './listing.ts'
import { conflictPolicySchema } from './transfer.ts'

const paneWidth = z.number().int().min(120).max(2_000)

const columnWidths = { name: 260, size: 78, updatedAt: 130, createdBy: 104, mimeType: 108 }

/** Where panes and columns stand. */
const layoutSchema = z.object({
  executionsWidth: paneWidth.catch(220),
  executionsOpen: z.boolean().catch(true),
  detailsWidth: paneWidth.catch(320),
  detailsOpen: z.boolean().catch(true),
  transfersHeight: paneWidth.catch(220),
  transfersOpen: z.boolean().catch(false),
  /** In the order shown. `name` is always there. */
  columns: z
    .array(z.object({ column: columnSchema, width: z.number().int().min(40).max(2_000), shown: z.boolean() }))
    .catch(() => columns.map((column) => ({ column, width: columnWidths[column], shown: true }))),
})

/** What a person has set, kept between starts. Every field has a default, so that an older file still reads. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** The API's base; null for the default. */
  baseUrl: z.string().nullable().catch(null),
  /** Where downloads go; null for the system's Downloads folder. */
  downloadFolder: z.string().nullable().catch(null),
  conflicts: z.union([z.literal('ask'), conflictPolicySchema]).catch('ask'),
  /** Bytes a second for all transfers together; null for no limit. */
  bandwidthLimit: z.number().int().min(1_024).nullable().catch(null),
  resumeOnStart: z.boolean().catch(true),
  /** Whether a listing follows a run that is still going. */
  follow: z.boolean().catch(true),
  /** Bytes that may be fetched ahead of a drag, of one file and of a selection. */
  stageFileLimit: z.number().int().min(0).catch(20_000_000),
  stageSelectionLimit: z.number().int().min(0).catch(100_000_000),
  layout: layoutSchema.catch(() => layoutSchema.parse({})),
})
export type Settings = Readonly<z.infer<typeof settingsSchema>>
export type Layout = Settings['layout']
