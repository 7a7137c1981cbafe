import { Minus, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { formatNumber } from '../../format/size.ts'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { countShapes, maximumShapes } from './drawing-cost.ts'
import { type ImageSize, maximumPixels, readImageSize } from './image-size.ts'
import styles from './preview.module.css'
import { type PreviewReader, readWhole } from './preview-reader.ts'
import stage from './stage.module.css'
import type { ViewProps } from './view-props.ts'

const zooms = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] as const
const largestDrawing = 8 * 1024 * 1024
const largestPicture = 200 * 1024 * 1024

/** A picture on a chequered ground, to fit or zoomed. A drawing is shown as a picture too, so nothing in it runs. */
export function ImageView({ reader, head, name, fallBack }: ViewProps) {
  const [size, setSize] = useState<ImageSize | null>(null)
  const [zoom, setZoom] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<string | null | undefined>(undefined)
  useEffect(() => {
    let isClosed = false
    refusalOf(reader, head).then(
      (found) => isClosed || setRefusal(found),
      () => isClosed || setRefusal('This picture could not be read.'),
    )
    return () => {
      isClosed = true
    }
  }, [reader, head])
  useEffect(() => {
    if (refusal) fallBack(head.encoding === null ? 'bytes' : 'text', refusal)
  }, [refusal, fallBack, head])
  if (refusal !== null) return null

  const broken = () =>
    fallBack(head.encoding === null ? 'bytes' : 'text', 'This picture is broken or of a kind that can’t be shown.')
  const step = (by: 1 | -1) => {
    const current = zooms.findIndex((value) => value >= (zoom ?? 1))
    setZoom(zooms[Math.min(zooms.length - 1, Math.max(0, current + by))] ?? 1)
  }
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <ToggleGroup
          label="Size"
          value={zoom === null ? 'fit' : 'zoomed'}
          choices={[
            ['fit', 'Fit'],
            ['zoomed', zoom === null ? '100%' : `${formatNumber(zoom * 100)}%`],
          ]}
          onChange={(value) => setZoom(value === 'fit' ? null : 1)}
        />
        <IconButton size="small" label="Smaller" icon={<Minus size={14} />} onPress={() => step(-1)} />
        <IconButton size="small" label="Larger" icon={<Plus size={14} />} onPress={() => step(1)} />
        {size && (
          <span className={styles.quiet}>{`${formatNumber(size.width)} × ${formatNumber(size.height)} pixels`}</span>
        )}
      </div>
      <section
        className={classes(styles.scroller, stage.stage, stage.chequered, zoom !== null && stage.zoomed)}
        aria-label="Picture"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <img
          className={stage.picture}
          src={head.content}
          alt={name}
          draggable={false}
          style={zoom !== null && size ? { width: size.width * zoom } : {}}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
          onError={broken}
        />
      </section>
    </div>
  )
}

/** Why a picture is not given to the browser's decoder; null when it is. */
async function refusalOf(reader: PreviewReader, head: PreviewHead): Promise<string | null> {
  const { firstBytes, foundMime, size } = head
  if (foundMime === 'image/svg+xml') {
    const bytes = await readWhole(reader, head, largestDrawing)
    const drawing = bytes && new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml')
    if (!drawing) return 'This drawing is too large to be shown.'
    return countShapes(drawing) > maximumShapes ? 'This drawing is broken, or has more shapes than can be drawn.' : null
  }
  if (size !== null && size > largestPicture) return 'This picture is too large to be shown. Download it to see it.'
  const pixels = readImageSize(firstBytes, foundMime)
  if (!pixels || pixels.width * pixels.height <= maximumPixels) return null
  return `This picture claims ${formatNumber(pixels.width)} × ${formatNumber(pixels.height)} pixels, more than can be shown.`
}
