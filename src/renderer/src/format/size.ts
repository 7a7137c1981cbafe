const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const
const whole = new Intl.NumberFormat()
const exact = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'byte', unitDisplay: 'long' })
const rounded = units.map((unit) =>
  [0, 1].map((digits) => {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'short', ...options })
  }),
)

/** A size in bytes as people read it: `397 bytes`, `12 kB`, `4.5 MB`. Steps of 1,000, as file managers use. */
export function formatSize(bytes: number): string {
  if (bytes < 999.5) return formatExactSize(Math.round(bytes))
  let step = 0
  let value = bytes
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1_000
    step += 1
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0
  return rounded[step]?.[digits]?.format(value) ?? formatExactSize(bytes)
}

/** A size to the byte: `4,512,033 bytes`. */
export function formatExactSize(bytes: number): string {
  return exact.format(bytes)
}

/** A speed in bytes a second. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatSize(bytesPerSecond)}/s`
}

/** A whole number with its separators. */
export function formatNumber(value: number): string {
  return whole.format(value)
}
