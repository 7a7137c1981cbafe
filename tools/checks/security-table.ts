/** The rows of Electron's list in docs/security.md that say too little, and the files named anywhere that are not there. */
export function securityTableFaults(document: string, exists: (file: string) => boolean): readonly string[] {
  const lines = document.split('\n')
  const isRow = (line: string) => /^\|\s*\d+\s*\|/.test(line)
  const rows = lines.filter(isRow).map((line) => line.split('|').map((cell) => cell.trim()))
  const text = lines.filter((line) => !isRow(line)).join('\n')
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
    ...filesIn(text)
      .filter((file) => !exists(file))
      .map((file) => `the text names ${file}, which is not there`),
  ]
}

/** Paths in code marks: `src/main/window.ts`. */
function filesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:ts|tsx|mjs|json|yml))`/g)].map((match) => match[1] ?? '')
}

function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file)
}
