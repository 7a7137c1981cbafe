/** The rows of Electron's list in docs/security.md that say too little, and the files they name that are not there. */
export function securityTableFaults(document: string, exists: (file: string) => boolean): readonly string[] {
  const rows = document
    .split('\n')
    .filter((line) => /^\|\s*\d+\s*\|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const numbers = rows.map((row) => Number(row[1]))
  const expected = Array.from({ length: 20 }, (_, index) => index + 1)
  return [
    ...expected.filter((number) => !numbers.includes(number)).map((number) => `point ${number} is missing`),
    ...rows.flatMap(([, number, , heldBy = '', shownBy = '']) => [
      ...(filesIn(heldBy).length === 0 ? [`point ${number} names no file that holds it`] : []),
      ...(filesIn(shownBy).some(isTest) ? [] : [`point ${number} names no test that shows it`]),
      ...[...filesIn(heldBy), ...filesIn(shownBy)]
        .filter((file) => !exists(file))
        .map((file) => `point ${number} names ${file}, which is not there`),
    ]),
  ]
}

/** Paths in code marks: `src/main/window.ts`. */
function filesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:ts|tsx|mjs|json|yml))`/g)].map((match) => match[1] ?? '')
}

function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file)
}
