import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Loaded first into a process that downloads: kills it at one step in the making of a part file, named by DIE_AT.
const { openSync, writeSync, linkSync, unlinkSync } = fs
const point = process.env.DIE_AT

function pass(step: string): void {
  if (step === point) process.kill(process.pid, 'SIGKILL')
}

fs.openSync = (file, flags, mode) => {
  const isNew = typeof flags === 'number' && (flags & fs.constants.O_EXCL) !== 0 && String(file).endsWith('.part')
  if (isNew) pass('before the part is made')
  const descriptor = openSync(file, flags, mode)
  if (isNew) pass('before the journal says so')
  return descriptor
}
fs.writeSync = ((...args: Parameters<typeof writeSync>) => {
  const count = writeSync(...args)
  if (typeof args[1] !== 'string') pass('after bytes are written')
  else if (args[1].includes('"made"')) pass('before bytes are written')
  return count
}) as typeof writeSync
fs.linkSync = (from, to) => {
  pass('before the file is named')
  linkSync(from, to)
  pass('after the file is named')
}
fs.unlinkSync = (file) => {
  unlinkSync(file)
  pass('after the part is gone')
}
syncBuiltinESMExports()
