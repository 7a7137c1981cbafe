/** Details of a log line. Secrets are taken out by whoever writes it down, not by the caller. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the core says what it does, for the file that a person can send in. */
export type Logger = {
  readonly debug: (message: string, fields?: LogFields) => void
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}

/** Says nothing: for tests, and where nobody listens. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
