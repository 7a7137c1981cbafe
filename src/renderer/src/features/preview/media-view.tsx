import { classes } from '../../ui/classes.ts'
import bar from './part-bar.module.css'
import styles from './preview.module.css'
import stage from './stage.module.css'
import type { ViewProps } from './view-props.ts'

/** Sound and film, played by the browser's own controls; what is sought is fetched by range. */
export function MediaView({ head, name, fallBack }: ViewProps) {
  const broken = () =>
    fallBack('bytes', 'This can’t be played here: it is broken, or of a kind that needs its own app.')
  return (
    <div className={styles.view}>
      <div className={classes(styles.scroller, stage.stage)}>
        {head.kind === 'video' ? (
          // biome-ignore lint/a11y/useMediaCaption: an agent's recording has no captions.
          <video className={stage.picture} src={head.content} controls aria-label={name} onError={broken} />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: an agent's recording has no captions.
          <audio src={head.content} controls aria-label={name} onError={broken} />
        )}
      </div>
      {!head.canRange && (
        <p className={bar.bar}>This server only sends files from the beginning, so you can’t jump ahead.</p>
      )}
    </div>
  )
}
