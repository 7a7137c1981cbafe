/** An encoding from before Unicode that can be told by how its bytes look: a label that `TextDecoder` knows. */
export type LegacyEncoding =
  | 'shift_jis'
  | 'euc-jp'
  | 'euc-kr'
  | 'gb18030'
  | 'big5'
  | 'windows-1251'
  | 'koi8-r'
  | 'windows-1252'

/** More of a text than this tells nothing new. */
const sampleLength = 64 * 1024
/** Fewer different characters beyond ASCII than this tell nothing. */
const leastCharacters = 4

/**
 * Finds the encoding of a text that is no UTF-8 and has no control characters. The kana of Japanese, the syllables of
 * Korean, the common characters of Chinese and the common letters of Russian each lie where no other language's text
 * has its most; all else is taken for Western.
 */
export function findLegacyEncoding(bytes: Uint8Array, complete: boolean): LegacyEncoding {
  const sample = bytes.subarray(0, sampleLength)
  const isWhole = complete && sample.length === bytes.length
  if (isJapanese(decode('shift_jis', sample, isWhole))) return 'shift_jis'
  if (isJapanese(decode('euc-jp', sample, isWhole))) return 'euc-jp'
  if (shareOf(decode('euc-kr', sample, isWhole), /[\uac00-\ud7a3]/) > 0.8) return 'euc-kr'
  return findChinese(sample, isWhole) ?? findRussian(sample) ?? 'windows-1252'
}

/** The characters beyond ASCII; empty when the bytes are no text in this encoding, or the system does not know it. */
function decode(encoding: LegacyEncoding, bytes: Uint8Array, isWhole: boolean): readonly string[] {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole })
    const characters = [...text].filter((character) => character > '\u007f')
    return new Set(characters).size < leastCharacters ? [] : characters
  } catch {
    return []
  }
}

function shareOf(characters: readonly string[], kind: RegExp): number {
  return characters.length === 0 ? 0 : characters.filter((character) => kind.test(character)).length / characters.length
}

/** Half-width kana are what the bytes of other languages look like in Shift-JIS. */
function isJapanese(characters: readonly string[]): boolean {
  return shareOf(characters, /[\u3041-\u30ff]/) > 0.15 && shareOf(characters, /[\uff61-\uff9f]/) < 0.1
}

/** In GB 2312 both bytes of a character are high, and the common ones lie in the first half; in Big5 the second varies. */
function findChinese(bytes: Uint8Array, isWhole: boolean): 'gb18030' | 'big5' | null {
  for (const encoding of ['gb18030', 'big5'] as const) {
    const characters = decode(encoding, bytes, isWhole)
    if (shareOf(characters, /[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]/) < 0.9) continue
    const pairs = pairsOf(bytes)
    const common = pairs.filter(([lead, trail]) =>
      encoding === 'gb18030'
        ? trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)
        : lead >= 0xa1 && lead <= 0xc6,
    )
    const isStrict = encoding === 'big5' || pairs.every(([, trail]) => trail >= 0x80)
    if (isStrict && common.length > pairs.length * 0.8) return encoding
  }
  return null
}

function pairsOf(bytes: Uint8Array): readonly (readonly [lead: number, trail: number])[] {
  const pairs: [number, number][] = []
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    pairs.push([lead, bytes[at + 1] ?? 0])
    at += 1
  }
  return pairs
}

/** The commonest letters of Russian and its neighbours: о, е, а, и, н, т. */
const commonest = {
  'windows-1251': [0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2],
  'koi8-r': [0xcf, 0xc5, 0xc1, 0xc9, 0xce, 0xd4],
}

/** Words of Cyrillic letters have few Latin ones between them. */
function findRussian(bytes: Uint8Array): 'windows-1251' | 'koi8-r' | null {
  const high = bytes.filter((byte) => byte >= 0xc0)
  const latin = bytes.filter((byte) => (byte | 32) >= 0x61 && (byte | 32) <= 0x7a)
  if (new Set(high).size < 2 * leastCharacters || high.length < latin.length) return null
  const share = (letters: readonly number[]) => high.filter((byte) => letters.includes(byte)).length / high.length
  const [windows, koi] = [share(commonest['windows-1251']), share(commonest['koi8-r'])]
  if (Math.max(windows, koi) < 0.3) return null
  return windows > koi ? 'windows-1251' : 'koi8-r'
}
