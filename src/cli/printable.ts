/** Text on one line, in which nothing is left that a terminal would take for a command: names come from a run's agent. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD')
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\uFFFD')
}

/** A value as JSON on one line. Control characters that JSON may hold as they are, and terminals obey, are escaped, too. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
