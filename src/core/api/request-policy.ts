import { Failure } from '../failure.ts'

/** Where the API is and the key for it. Only this pair ever travels together. */
export type Connection = { readonly base: URL; readonly key: string | null }

export const keyHeader = 'X-Asteroid-Agents-Api-Key'
export const maximumRedirects = 10

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Checks an API base that a person or a setting gave; throws `unsafe-url` for anything but https, or http to loopback. */
export function parseBase(text: string): URL {
  if (!URL.canParse(text)) throw unsafe(`The API’s address “${text}” is not a web address.`)
  const base = checkUrl(text)
  base.search = ''
  base.hash = ''
  base.pathname = base.pathname.replace(/\/+$/, '')
  return base
}

/** Resolves a `downloadUrl` of a listing; a relative one belongs to the API's origin. Throws `unsafe-url`. */
export function resolveDownloadUrl(connection: Connection, downloadUrl: string): URL {
  return checkUrl(downloadUrl, `${connection.base.href.replace(/\/+$/, '')}/`)
}

/** The URL that a redirect leads to; never from https to http. Throws `unsafe-url`. */
export function redirectTarget(from: URL, location: string): URL {
  const target = checkUrl(location, from.href)
  if (from.protocol === 'https:' && target.protocol === 'http:') throw unsafe('A link led from https to plain http.')
  return target
}

/** The headers that carry the key: for the API's exact origin, and for no other. */
export function keyHeaders(connection: Connection, url: Pick<URL, 'origin'>): Readonly<Record<string, string>> {
  return connection.key !== null && url.origin === connection.base.origin ? { [keyHeader]: connection.key } : {}
}

function checkUrl(text: string, base?: string): URL {
  const url = URL.parse(text, base)
  if (!url) throw unsafe('An address could not be understood.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw unsafe('An address is neither http nor https.')
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    throw unsafe(`Plain http is only used on this computer, and ${url.hostname} is another.`)
  if (url.username !== '' || url.password !== '') throw unsafe('An address holds a user name or a password.')
  return url
}

function unsafe(message: string): Failure {
  return new Failure({ kind: 'unsafe-url', message: `${message} Nothing was sent.` })
}
