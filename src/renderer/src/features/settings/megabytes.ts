const megabyte = 1_000_000

/** A limit in bytes as it is shown: megabytes with one place at most, since older versions kept odd numbers of bytes. */
export function inMegabytes(bytes: number): string {
  return String(Math.round(bytes / 100_000) / 10)
}

/** The bytes that a number of megabytes means: whole ones, and at least one unless it is none. */
export function wholeMegabytes(text: string): number {
  const number = Number(text)
  return number === 0 ? 0 : Math.max(1, Math.round(number)) * megabyte
}

/** A speed in bytes a second as it is shown: megabytes with two places at most. */
export function speedInMegabytes(bytes: number): string {
  return String(Math.round(bytes / 10_000) / 100)
}

/** The bytes a second that a number of megabytes means. */
export function speedOfMegabytes(text: string): number {
  return Math.round(Number(text) * megabyte)
}
