import type { Summary } from '../../../../shared/models/listing.ts'
import { visibleName } from '../../format/name.ts'
import { formatSize } from '../../format/size.ts'
import { useApp } from '../../store/store-context.tsx'
import hidden from '../../ui/visually-hidden.module.css'
import { squarify } from './squarify.ts'
import styles from './treemap.module.css'

const width = 288
const height = 150

type TreemapProps = { readonly largest: Summary['largest']; readonly total: number }

/** What takes up space in a folder, as boxes; a press goes to that file or folder in the list. */
export function Treemap({ largest, total }: TreemapProps) {
  const locate = useApp((state) => state.locate)
  const selectRow = useApp((state) => state.selectRow)
  const askForFiles = useApp((state) => state.askForFiles)
  const rest = total - largest.reduce((sum, { size }) => sum + size, 0)
  const items = rest > 0 ? [...largest, { node: -1, name: 'all others', size: rest, folder: true }] : largest
  const boxes = squarify(
    items.toSorted((a, b) => b.size - a.size),
    { x: 0, y: 0, width, height },
  )
  const go = async (node: number) => {
    const row = await locate(node, true)
    if (row >= 0) await selectRow('only', row)
    askForFiles()
  }
  return (
    <div className={styles.map} style={{ height }}>
      {boxes.map(({ item, ...box }) => (
        <button
          key={item.node}
          type="button"
          disabled={item.node < 0}
          className={styles.box}
          title={`${visibleName(item.name)}, ${formatSize(item.size)}`}
          style={{
            left: `${(box.x / width) * 100}%`,
            top: box.y,
            width: `${(box.width / width) * 100}%`,
            height: box.height,
          }}
          onClick={() => void go(item.node)}
        >
          <span className={item.folder ? styles.folder : styles.file}>
            <span className={box.width > 44 && box.height > 18 ? styles.name : hidden.hidden}>
              {visibleName(item.name)}
            </span>
            <span className={hidden.hidden}>, </span>
            <span className={box.width > 44 && box.height > 36 ? styles.size : hidden.hidden}>
              {formatSize(item.size)}
            </span>
          </span>
        </button>
      ))}
    </div>
  )
}
