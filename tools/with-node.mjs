// Runs a TypeScript file on the project's own Node 24, after bringing what it needs: node tools/with-node.mjs FILE [ARG …]
import { installPackages, nodeBinary } from './install.mjs'
import useOwnTemporaryFolder from './own-temporary-folder.mjs'
import { runProgram } from './run-program.mjs'

installPackages()
useOwnTemporaryFolder()
const args = ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)]
const { status } = await runProgram(nodeBinary(), args, { stdio: 'inherit' })
process.exit(status)
