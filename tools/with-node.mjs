// Runs a TypeScript file on the project's own Node 24, after bringing what it needs: node tools/with-node.mjs FILE [ARG …]
import { spawn } from 'node:child_process'
import { installPackages, nodeBinary } from './install.mjs'

installPackages()
const child = spawn(nodeBinary(), ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)))
