import styles from './encoding-choice.module.css'

/** Encodings that a text may be read in, by the label that `TextDecoder` knows, and their names. */
const names: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Western (Windows-1252)',
  'windows-1250': 'Central European (Windows-1250)',
  'windows-1251': 'Cyrillic (Windows-1251)',
  'koi8-r': 'Cyrillic (KOI8-R)',
  'windows-1253': 'Greek (Windows-1253)',
  'windows-1254': 'Turkish (Windows-1254)',
  shift_jis: 'Japanese (Shift JIS)',
  'euc-jp': 'Japanese (EUC-JP)',
  'euc-kr': 'Korean (EUC-KR)',
  gb18030: 'Chinese (GB 18030)',
  big5: 'Chinese (Big5)',
}

type EncodingChoiceProps = { readonly value: string; readonly onChange: (encoding: string) => void }

/** Says in which encoding a text is read, and lets a person who knows better choose another. */
export function EncodingChoice({ value, onChange }: EncodingChoiceProps) {
  return (
    <select
      className={styles.encoding}
      aria-label="Encoding"
      data-usual={value === 'utf-8' || undefined}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {Object.entries(names).map(([encoding, name]) => (
        <option key={encoding} value={encoding}>
          {name}
        </option>
      ))}
    </select>
  )
}
