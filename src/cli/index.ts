#!/usr/bin/env node
const oldestNode = [22, 19] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  // Nothing else is imported before this, since an older Node would stop there with words of its own.
  process.stderr.write(`asteroid-files needs Node ${oldestNode.join('.')} or later, and this is ${process.version}.\n`)
  process.exitCode = 2
} else {
  const { runProgram } = await import('./program.ts')
  // The core's timers and threads do not hold a process, as the app needs it; here they are all there is to wait for.
  const holding = setInterval(() => {}, 2 ** 30)
  process.exitCode = await runProgram(import.meta.url)
  clearInterval(holding)
  // A keychain that waits for a person keeps its thread, and the process would wait with it.
  setTimeout(() => process.exit(), 200).unref()
}
