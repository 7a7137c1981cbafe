import { useEffect, useState } from 'react'
import styles from './font-view.module.css'
import shared from './preview.module.css'
import { readWhole } from './preview-reader.ts'
import type { ViewProps } from './view-props.ts'

const largestFont = 32 * 1024 * 1024
const sizes = [48, 32, 24, 18, 14] as const
let lastFont = 0

/** A font, by the letters it draws. */
export function FontView({ reader, head, fallBack }: ViewProps) {
  const [family, setFamily] = useState<string | null>(null)
  useEffect(() => {
    let isClosed = false
    let face: FontFace | null = null
    const load = async () => {
      const bytes = await readWhole(reader, head, largestFont)
      if (!bytes) return fallBack('bytes', 'This font is too large to be shown.')
      lastFont += 1
      const name = `preview-${lastFont}`
      const loaded = await new FontFace(name, bytes).load()
      if (isClosed) return
      face = loaded
      document.fonts.add(loaded)
      setFamily(name)
    }
    load().catch(() => isClosed || fallBack('bytes', 'This font is broken: it can’t be drawn.'))
    return () => {
      isClosed = true
      if (face) document.fonts.delete(face)
    }
  }, [reader, head, fallBack])

  if (!family) return <p className={shared.sentence}>Loading the font…</p>
  return (
    <section
      className={styles.sample}
      style={{ fontFamily: family }}
      aria-label="Letters"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      data-selectable
    >
      {sizes.map((size) => (
        <p key={size} style={{ fontSize: size }}>
          The quick brown fox jumps over the lazy dog
        </p>
      ))}
      <p>ABCDEFGHIJKLMNOPQRSTUVWXYZ</p>
      <p>abcdefghijklmnopqrstuvwxyz</p>
      <p>0123456789 &amp; ! ? @ # € $ % ( ) [ ] “ ” — äöü éèê ñ ø ß</p>
    </section>
  )
}
