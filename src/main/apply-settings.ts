import { nativeTheme } from 'electron'
import type { Settings } from '../shared/models/settings.ts'
import type { Connections } from './connections.ts'
import type { CoreParts } from './core-parts.ts'
import type { Emit } from './ipc.ts'

/** Makes a change of the settings felt at once, wherever it is not looked up anew anyway. */
export async function applySettings(
  { theme, bandwidthLimit, baseUrl }: Settings,
  before: Settings,
  parts: { readonly core: CoreParts; readonly connections: Connections; readonly emit: Emit },
): Promise<void> {
  const { core, connections, emit } = parts
  if (theme !== before.theme) nativeTheme.themeSource = theme
  if (bandwidthLimit !== before.bandwidthLimit && core.transfers.started())
    (await core.transfers()).setBandwidthLimit(bandwidthLimit)
  // Each API has a key of its own.
  if (baseUrl !== before.baseUrl) emit('account:changed', await connections.account.status())
}
