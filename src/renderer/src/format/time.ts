import { formatCount } from './count.ts'

const relative = {
  long: new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' }),
  short: new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' }),
} as const
const timeToday = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const shortDateWithYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/**
 * How long ago a time was, in its largest unit: `2 hours ago`, `yesterday`; short where room is scarce: `2h ago`, and
 * the date for what is older than a month.
 * Times in milliseconds since 1970.
 */
export function formatAgo(time: number, now: number, length: keyof typeof relative = 'long'): string {
  const past = Math.max(0, now - time)
  if (past < minute) return 'just now'
  if (past < hour) return relative[length].format(-Math.floor(past / minute), 'minute')
  if (past < day) return relative[length].format(-Math.floor(past / hour), 'hour')
  if (past < 30 * day) return relative[length].format(-Math.floor(past / day), 'day')
  if (length === 'short') return formatDate(time, now)
  if (past < 365 * day) return relative[length].format(-Math.floor(past / (30.44 * day)) || -1, 'month')
  return relative[length].format(-Math.floor(past / (365.25 * day)) || -1, 'year')
}

/** A time as a column shows it: with the clock for today and this year, with the year for older ones. */
export function formatDate(time: number, now: number): string {
  const date = new Date(time)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return `Today, ${timeToday.format(date)}`
  if (date.getFullYear() === today.getFullYear()) return `${shortDate.format(date)}, ${timeToday.format(date)}`
  return shortDateWithYear.format(date)
}

/** A time in full, to the second. */
export function formatFullTime(time: number): string {
  return full.format(time)
}

/** A span that is left, rounded to what a person plans with. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 1) return 'a moment left'
  if (seconds <= 59) return `${unit(Math.ceil(seconds), 'second')} left`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${unit(minutes, 'minute')} left`
  const hours = Math.floor(minutes / 60)
  if (hours < 24)
    return `${[unit(hours, 'hour'), minutes % 60 > 0 && unit(minutes % 60, 'minute')].filter(Boolean).join(' ')} left`
  return `${unit(Math.ceil(minutes / 60 / 24), 'day')} left`
}

/** How long something still waits, in words: seconds up to a minute and a half, minutes up to so many hours. */
export function formatWait(seconds: number): string {
  if (seconds <= 90) return formatCount(Math.max(0, Math.ceil(seconds)), 'second')
  if (seconds <= 90 * 60) return formatCount(Math.ceil(seconds / 60), 'minute')
  return formatCount(Math.ceil(seconds / 3_600), 'hour')
}

/** A time of the day, without seconds. */
export function formatClock(time: number): string {
  return timeToday.format(time)
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(undefined, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
}
