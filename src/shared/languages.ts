/** The highlighter's name of a language, by the endings of file names and by whole names. */
const byName: Readonly<Record<string, readonly string[]>> = {
  bash: ['sh', 'bash', 'zsh', 'ksh', '.bashrc', '.profile'],
  c: ['c', 'h'],
  cpp: ['cc', 'cpp', 'cxx', 'hpp', 'hh'],
  csharp: ['cs'],
  css: ['css'],
  diff: ['diff', 'patch'],
  dockerfile: ['dockerfile'],
  go: ['go'],
  graphql: ['graphql', 'gql'],
  ini: ['ini', 'toml', 'cfg', 'conf', 'properties', '.env', '.gitconfig', '.editorconfig'],
  java: ['java'],
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  json: ['jsonl', 'ndjson', 'json5', 'jsonc'],
  kotlin: ['kt', 'kts'],
  less: ['less'],
  lua: ['lua'],
  makefile: ['mk', 'makefile'],
  perl: ['pl', 'pm'],
  php: ['php'],
  powershell: ['ps1', 'psm1'],
  python: ['py', 'pyw', 'pyi'],
  r: ['r'],
  ruby: ['rb', 'gemfile', 'rakefile'],
  rust: ['rs'],
  scss: ['scss', 'sass'],
  sql: ['sql'],
  swift: ['swift'],
  typescript: ['ts', 'mts', 'cts', 'tsx'],
  xml: ['xml', 'xsd', 'xsl', 'rss', 'atom', 'plist', 'vue', 'svelte'],
  yaml: ['yaml', 'yml'],
}

const languages = new Map(Object.entries(byName).flatMap(([language, names]) => names.map((name) => [name, language])))

/** Finds a file's language by its name, or null. */
export function findLanguage(name: string): string | null {
  const lower = name.toLowerCase()
  return languages.get(lower) ?? languages.get(extensionOf(lower)) ?? null
}

/** What follows the last dot, in lower case; empty when there is none or nothing before it. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** Names of languages that are not simply written large. */
const properNames: Readonly<Record<string, string>> = {
  bash: 'Shell script',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  diff: 'List of changes',
  graphql: 'GraphQL',
  ini: 'Settings',
  javascript: 'JavaScript',
  json: 'JSON, line by line',
  less: 'Less',
  php: 'PHP',
  powershell: 'PowerShell',
  scss: 'Sass',
  sql: 'SQL',
  typescript: 'TypeScript',
  xml: 'XML data',
  yaml: 'YAML',
}

/** What a file in a language is, for a person. */
export function describeLanguage(language: string): string {
  return properNames[language] ?? language.charAt(0).toUpperCase() + language.slice(1)
}
