import type { Handlers } from '../shared/contract.ts'
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
