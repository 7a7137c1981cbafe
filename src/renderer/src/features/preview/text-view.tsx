import { useMemo, useRef, useState } from 'react'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { EncodingChoice } from './encoding-choice.tsx'
import { LineList } from './line-list.tsx'
import bar from './part-bar.module.css'
import { LoadedBar } from './part-bar.tsx'
import styles from './preview.module.css'
import { splitLines } from './text-lines.ts'
import { useColumns } from './use-columns.ts'
import { useHighlighting } from './use-highlighting.ts'
import { useLoadedBytes } from './use-loaded-bytes.ts'
import { useLogEnd } from './use-log-end.ts'
import type { ViewProps } from './view-props.ts'

const maximumText = 16 * 1024 * 1024
/** Pixels of line numbers, margins and the scroll bar. */
const besideText = 90

/** Plain text, code and logs, with numbered lines; a log can be followed at its end. */
export function TextView({ reader, head, name, isGrowing }: ViewProps) {
  const isLog = head.kind === 'log'
  const canSeeEnd = isLog && head.canRange && (!head.complete || isGrowing)
  const [place, setPlace] = useState<'start' | 'end'>(canSeeEnd && isGrowing ? 'end' : 'start')
  const [isWrapped, setWrapped] = useState(!isLog && head.kind !== 'code')
  const atEnd = canSeeEnd && place === 'end'
  const [chosen, setChosen] = useState<{ readonly encoding: string; readonly over: string } | null>(null)
  const found = head.encoding ?? 'utf-8'
  // A file that was written anew in another encoding is read in that one.
  const encoding = chosen?.over === found ? chosen.encoding : found
  const end = useLogEnd(reader, head, { isOn: atEnd, isGrowing, encoding })
  const loaded = useLoadedBytes(reader, head, maximumText)

  const startText = useMemo(
    () => new TextDecoder(encoding).decode(loaded.bytes, { stream: !loaded.isComplete }),
    [encoding, loaded.bytes, loaded.isComplete],
  )
  const text = atEnd ? end.text : startText
  const scroller = useRef<HTMLElement>(null)
  const columns = useColumns(scroller, besideText)
  const width = isWrapped ? columns : null
  const lines = useMemo(() => splitLines(text, width), [text, width])
  const colours = useHighlighting(text, head.language)

  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        {canSeeEnd && (
          <ToggleGroup
            label="Part of the log"
            value={place}
            choices={[
              ['start', 'Start'],
              ['end', isGrowing ? 'Follow end' : 'End'],
            ]}
            onChange={setPlace}
          />
        )}
        <ToggleGroup
          label="Long lines"
          value={isWrapped ? 'wrap' : 'cut'}
          choices={[
            ['wrap', 'Wrap'],
            ['cut', 'No wrap'],
          ]}
          onChange={(value) => setWrapped(value === 'wrap')}
        />
        <EncodingChoice value={encoding} onChange={(wanted) => setChosen({ encoding: wanted, over: found })} />
      </div>
      <LineList
        label={`Text of ${name}`}
        lines={lines}
        scroller={scroller}
        colours={colours}
        // Where the end alone is known, nobody knows its lines' numbers.
        hasNumbers={!atEnd || end.isFromStart}
        isAtEnd={atEnd}
      />
      {atEnd ? <p className={bar.bar}>{end.sentence}</p> : <LoadedBar loaded={loaded} />}
    </div>
  )
}
