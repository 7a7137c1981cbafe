const whole = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })

/** A part of a whole, from 0 to 1, in percent: never 100 before all of it is there. */
export function formatPercent(part: number): string {
  return whole.format(wholePercent(part) / 100)
}

export function wholePercent(part: number): number {
  return Math.floor(Math.min(1, Math.max(0, part)) * 100)
}
