// What the reports of the test runners say, as numbers that can be added up. Plain JavaScript for Node 20 and later.

/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts
 * @typedef {Pick<import('@playwright/test/reporter').JSONReport, 'stats' | 'suites'>} PlaywrightReport
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number }} VitestReport
 */

/**
 * @param {number} status what the runner exited with
 * @param {VitestReport | undefined} report
 * @returns {Counts}
 */
export function vitestCounts(status, report) {
  return counts(status, report?.numPassedTests, report?.numFailedTests, report?.numPendingTests)
}

/**
 * A test that passed only at its second try counts as one that passed: `secondTries` names it.
 *
 * @param {number} status what the runner exited with
 * @param {PlaywrightReport | undefined} report
 * @returns {Counts}
 */
export function playwrightCounts(status, report) {
  const stats = report?.stats
  return counts(status, (stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected, stats?.skipped)
}

/**
 * The tests that failed once and then passed, by place and title.
 *
 * @param {PlaywrightReport | undefined} report
 * @returns {readonly string[]}
 */
export function secondTries(report) {
  return (report?.suites ?? []).flatMap((file) => secondTriesOf(file, []))
}

/**
 * @param {readonly string[]} names of tests that passed only at the second try
 * @returns {string} nothing, or whole lines
 */
export function secondTriesText(names) {
  if (names.length === 0) return ''
  return `Passed only at the second try: ${names.length}\n${names.map((name) => `  ${name}\n`).join('')}`
}

/**
 * @param {import('@playwright/test/reporter').JSONReportSuite} suite
 * @param {readonly string[]} titles of the groups that it is in
 * @returns {readonly string[]}
 */
function secondTriesOf(suite, titles) {
  const own = suite.specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ file, line, title }) => `${file}:${line} ${[...titles, title].join(' › ')}`)
  const below = (suite.suites ?? []).flatMap((each) => secondTriesOf(each, [...titles, each.title]))
  return [...own, ...below]
}

/**
 * A runner that failed has a failure, even where its report names none or is missing.
 *
 * @param {number} status
 * @returns {Counts}
 */
function counts(status, passed = 0, failed = 0, skipped = 0) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped }
}
