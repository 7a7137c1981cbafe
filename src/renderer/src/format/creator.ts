const known: Readonly<Record<string, string>> = {
  agent: 'Agent',
  user: 'User',
  human: 'Person',
  environment: 'Environment',
  system: 'System',
  browser: 'Browser',
}

/** Who created a file, in words; a name that is not known stays as the API gave it. */
export function formatCreator(createdBy: string): string {
  return known[createdBy.toLowerCase()] ?? createdBy
}
