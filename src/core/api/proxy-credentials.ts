import { Failure } from '../failure.ts'

/** The name and the password for a proxy, of the environment variable that names it. Throws `invalid-input`. */
export function proxyCredentials({ username, password }: URL, variable: string): string | null {
  try {
    return username === '' ? null : `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  } catch (cause) {
    const message = `The name or the password in ${variable} has a “%” that stands for nothing. Write “%25” for it.`
    throw new Failure({ kind: 'invalid-input', message }, { cause })
  }
}
