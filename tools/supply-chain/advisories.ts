/** What of `npm audit --json` is read here. A text in `via` says that a finding comes from another package's. */
export type AuditReport = {
  readonly vulnerabilities: Readonly<
    Record<
      string,
      {
        readonly via: readonly (string | { readonly title: string; readonly url: string; readonly severity: string })[]
        readonly nodes: readonly string[]
      }
    >
  >
}

/** Findings that docs/dependencies.md does not explain by their number, and explanations of what is found no more. */
export function advisoryFaults(report: AuditReport, shipped: readonly string[], document: string): readonly string[] {
  const explained = new Set([...document.matchAll(/\bGHSA(?:-\w{4}){3}\b/g)].map(([id]) => id))
  const found = Object.entries(report.vulnerabilities).flatMap(([name, { via, nodes }]) =>
    via.flatMap((advisory) =>
      typeof advisory === 'string'
        ? []
        : [{ ...advisory, name, id: idOf(advisory.url), isShipped: nodes.some((place) => shipped.includes(place)) }],
    ),
  )
  const ids = found.map(({ id }) => id)
  return [
    ...found
      .filter(({ id }) => !explained.has(id))
      .map(
        ({ name, id, title, severity, isShipped }) =>
          `${name}, ${isShipped ? 'which is shipped' : 'a tool'}: ${title} (${severity}, ${id})`,
      ),
    ...[...explained].filter((id) => !ids.includes(id)).map((id) => `${id} is explained and no longer found`),
  ]
}

/** `https://github.com/advisories/GHSA-…` ends in the number. */
function idOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
