import { formatNumber } from './size.ts'

const rules = new Intl.PluralRules('en')

/** A count with its noun: `1 file`, `12,000 files`. */
export function formatCount(count: number, one: string, other: string = `${one}s`): string {
  return `${formatNumber(count)} ${rules.select(count) === 'one' ? one : other}`
}
