import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import styles from './button.module.css'
import { classes } from './classes.ts'

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> & {
  readonly children: ReactNode
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'
}

export function Button({ look = 'plain', children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={classes(styles.button, styles[look])}>
      {children}
    </AriaButton>
  )
}

type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> & {
  readonly label: string
  /** Shown after the label in the tooltip. */
  readonly shortcut?: string | undefined
  readonly icon: ReactNode
  /** Makes it a switch that is on or off. */
  readonly isOn?: boolean
  readonly size?: 'normal' | 'small'
}

/** A button of an icon alone; its label is read out and shown in a tooltip. */
export function IconButton({ label, shortcut, icon, isOn, size = 'normal', ...props }: IconButtonProps) {
  const pressed = isOn === undefined ? {} : { 'aria-pressed': isOn }
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <AriaButton
        {...props}
        {...pressed}
        aria-label={label}
        className={classes(styles.icon, size === 'small' && styles.small, isOn && styles.on)}
      >
        {icon}
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''} offset={4}>
        {label}
        {shortcut && <kbd className={styles.shortcut}>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
