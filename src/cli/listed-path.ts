/**
 * A path as `ls` prints it, from what a person may give: with `./` or slashes around it, or as the API has it, below the
 * agent's home.
 */
export function listedPath(given: string): string {
  return given
    .replace(/^\/home\/agent\/(?=.)/, '')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')
}

/** Tells whether a listed path is another, or lies below it; the empty one is above all. */
export function isAtOrBelow(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}/`)
}
