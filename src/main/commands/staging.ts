import { Failure } from '../../core/failure.ts'
import type { HandlersOf } from '../commands.ts'

export function stagingCommands(): HandlersOf<'staging'> {
  const refuse = () => {
    throw new Failure({
      kind: 'invalid-input',
      message: 'Files can’t be handed to other apps yet. Download them instead.',
    })
  }
  return { 'staging:prefetch': refuse, 'staging:open': refuse, 'staging:copy': refuse }
}
