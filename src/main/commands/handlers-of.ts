import type { Command, Handlers } from '../../shared/contract.ts'

/** The handlers of a group of commands, such as those that start with `app:`. */
export type HandlersOf<Group extends string> = Pick<Handlers, Extract<Command, `${Group}:${string}`>>
