/** Says how many entries of a listing are not shown. */
export function leftOutSentence(count: number): string {
  const entries = count === 1 ? 'One entry' : `${count} entries`
  return `${entries} could not be understood and ${count === 1 ? 'was' : 'were'} left out.`
}
