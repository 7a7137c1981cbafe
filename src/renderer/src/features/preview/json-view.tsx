import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { formatCount } from '../../format/count.ts'
import { formatNumber, formatSize } from '../../format/size.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import type { JsonRow } from './json-rows.ts'
import styles from './json-view.module.css'
import shared from './preview.module.css'
import { PreviewProblem, readWhole } from './preview-reader.ts'
import { TextView } from './text-view.tsx'
import { type JsonTreeState, useJsonTree } from './use-json-tree.ts'
import type { ViewProps } from './view-props.ts'
import { VirtualList } from './virtual-list.tsx'

const largestTree = 32 * 1024 * 1024

/** JSON as a tree that is opened level by level, or as text. */
export function JsonView(props: ViewProps) {
  const { reader, head, name, fallBack } = props
  const [look, setLook] = useState<'tree' | 'text'>('tree')
  const [bytes, setBytes] = useState<Uint8Array | null>(null)
  useEffect(() => {
    let isClosed = false
    const load = async () => {
      const whole = await readWhole(reader, head, largestTree)
      if (isClosed) return
      if (whole) return setBytes(whole)
      const size = head.size === null ? 'more than can be told' : formatSize(head.size)
      fallBack('text', `This JSON is too large for a tree (${size}). Its text is shown instead.`)
    }
    load().catch((thrown: unknown) => {
      const isKnown = thrown instanceof PreviewProblem
      if (!isClosed) fallBack('text', isKnown ? thrown.message : 'This JSON could not be read as a tree.')
    })
    return () => {
      isClosed = true
    }
  }, [reader, head, fallBack])
  const tree = useJsonTree(bytes, head.encoding ?? 'utf-8', (sentence) => fallBack('text', sentence))

  return (
    <div className={shared.view}>
      <div className={shared.tools}>
        <ToggleGroup
          label="Look"
          value={look}
          choices={[
            ['tree', 'Tree'],
            ['text', 'Text'],
          ]}
          onChange={setLook}
        />
      </div>
      {look === 'text' ? (
        <TextView {...props} />
      ) : tree ? (
        <VirtualList label={`Tree of ${name}`} count={tree.rows.length} rowHeight={22}>
          {(index) => <Row row={tree.rows[index]} index={index} tree={tree} />}
        </VirtualList>
      ) : (
        <p className={shared.sentence}>Reading the tree…</p>
      )}
    </div>
  )
}

type RowProps = { readonly row: JsonRow | undefined; readonly index: number; readonly tree: JsonTreeState }

function Row({ row, index, tree }: RowProps) {
  if (!row) return null
  const indent = { paddingLeft: Math.min(40, row.depth) * 16 + 4 }
  if (row.type === 'more')
    return (
      <button type="button" className={styles.row} style={indent} onClick={() => tree.toggle(index)}>
        <span className={shared.quiet}>{`Show more: ${formatNumber(Number(row.text))} left`}</span>
      </button>
    )
  const isOpen = tree.isOpen(index)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const content = (
    <>
      {row.childCount > 0 ? <Chevron size={14} aria-hidden /> : <span className={styles.gap} />}
      {row.key !== null && <span className={styles.key}>{`${row.key}:`}</span>}
      <span className={styles.value} data-scope={row.type} title={row.text.length > 40 ? row.text : undefined}>
        {valueText(row)}
      </span>
    </>
  )
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if ((key === 'ArrowRight' && !isOpen) || (key === 'ArrowLeft' && isOpen)) tree.toggle(index)
  }
  return row.childCount > 0 ? (
    <button
      type="button"
      className={styles.row}
      style={indent}
      aria-expanded={isOpen}
      onClick={() => tree.toggle(index)}
      onKeyDown={onKeyDown}
    >
      {content}
    </button>
  ) : (
    <div className={styles.row} style={indent}>
      {content}
    </div>
  )
}

function valueText({ type, text, childCount }: JsonRow): string {
  if (type === 'array') return childCount === 0 ? '[ ]' : `[ ${formatCount(childCount, 'item')} ]`
  if (type === 'object') return childCount === 0 ? '{ }' : `{ ${formatCount(childCount, 'field')} }`
  return text
}
