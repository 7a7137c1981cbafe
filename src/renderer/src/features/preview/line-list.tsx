import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import type { Token } from './highlight-tokens.ts'
import styles from './line-list.module.css'
import shared from './preview.module.css'
import type { TextLine } from './text-lines.ts'

type LineListProps = {
  readonly label: string
  readonly lines: readonly TextLine[]
  readonly scroller: RefObject<HTMLElement | null>
  /** Colours, by the number of a line; null until they are known. */
  readonly colours: readonly (readonly Token[])[] | null
  readonly hasNumbers: boolean
  /** Keeps the last line in view, unless the person has scrolled away from it. */
  readonly isAtEnd: boolean
}

export const lineHeight = 18

/** Lines of text, of which only those in view are drawn. */
export function LineList({ label, lines, scroller, colours, hasNumbers, isAtEnd }: LineListProps) {
  const { from, to, topOf, elementHeight, show } = useVirtualRows({
    scroller,
    rowCount: lines.length,
    rowHeight: lineHeight,
  })
  const isNearEnd = useRef(true)
  useEffect(() => {
    if (isAtEnd && isNearEnd.current && lines.length > 0) show(lines.length - 1)
  }, [isAtEnd, lines, show])

  const digits = String((lines.at(-1)?.line ?? 0) + 1).length
  return (
    <section
      ref={scroller}
      className={classes(shared.scroller, styles.lines, hasNumbers && styles.numbered)}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      data-selectable
      data-digits={Math.min(7, digits)}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isNearEnd.current = scrollHeight - scrollTop - clientHeight < 3 * lineHeight
      }}
    >
      <div className={shared.lineSpace} style={{ height: elementHeight }}>
        {lines.slice(from, to).map((line, index) => (
          <div
            key={from + index}
            data-number={line.offset === 0 ? line.line + 1 : ''}
            className={styles.line}
            style={{ transform: `translateY(${topOf(from + index)}px)` }}
          >
            {lineContent(line, colours?.[line.line])}
          </div>
        ))}
      </div>
    </section>
  )
}

function lineContent({ text, offset }: TextLine, tokens: readonly Token[] | undefined): ReactNode {
  if (!tokens) return text || ' '
  const end = offset + text.length
  const parts: ReactNode[] = []
  let at = 0
  for (const token of tokens) {
    const part = token.text.slice(Math.max(0, offset - at), Math.max(0, end - at))
    if (part !== '')
      parts.push(
        <span key={at} data-scope={token.scope}>
          {part}
        </span>,
      )
    at += token.text.length
    if (at >= end) break
  }
  return parts.length === 0 ? ' ' : parts
}
