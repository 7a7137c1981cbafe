import type { Command, Handlers } from '../shared/contract.ts'
import { type AccountParts, accountCommands } from './commands/account.ts'
import { type AppParts, appCommands } from './commands/app.ts'
import { type ListingParts, listingCommands } from './commands/listing.ts'
import { type PreviewParts, previewCommands } from './commands/preview.ts'
import { type RecentsParts, recentsCommands } from './commands/recents.ts'
import { type SettingsParts, settingsCommands } from './commands/settings.ts'
import { type StagingParts, stagingCommands } from './commands/staging.ts'
import { type TransfersParts, transfersCommands } from './commands/transfers.ts'

export type CommandParts = AppParts &
  AccountParts &
  SettingsParts &
  RecentsParts &
  ListingParts &
  PreviewParts &
  StagingParts &
  TransfersParts

/** The handlers of a group of commands, such as those that start with `app:`. */
export type HandlersOf<Group extends string> = Pick<Handlers, Extract<Command, `${Group}:${string}`>>

/** What every command of the contract does, group by group. */
export function createHandlers(parts: CommandParts): Handlers {
  return {
    ...appCommands(parts),
    ...accountCommands(parts),
    ...settingsCommands(parts),
    ...recentsCommands(parts),
    ...listingCommands(parts),
    ...previewCommands(parts),
    ...stagingCommands(parts),
    ...transfersCommands(parts),
  }
}
