// npm run bench -- NAME [OPTION …]: measures one part of the product. docs/benchmarks.md says how and what for.
const benches: Readonly<
  Record<string, () => Promise<{ readonly run: (options: readonly string[]) => Promise<void> }>>
> = {
  previews: () => import('./previews/bench.ts'),
  listings: () => import('./listings/bench.ts'),
  transfers: () => import('./transfers/bench.ts'),
  memory: () => import('./memory/bench.ts'),
  start: () => import('./start/bench.ts'),
  window: () => import('./window/bench.ts'),
}

const [name = '', ...options] = process.argv.slice(2)
const load = benches[name]
if (load) await (await load()).run(options)
else {
  process.stderr.write(`Usage: npm run bench -- NAME [OPTION …]\nNames: ${Object.keys(benches).join(', ')}\n`)
  process.exitCode = 2
}
