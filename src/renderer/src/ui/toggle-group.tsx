import styles from './toggle-group.module.css'

type ToggleGroupProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, label: string])[]
  readonly onChange: (value: Value) => void
}

/** A few ways to see the same, of which one is on. */
export function ToggleGroup<Value extends string>({ label, value, choices, onChange }: ToggleGroupProps<Value>) {
  return (
    <fieldset className={styles.toggles} aria-label={label}>
      {choices.map(([choice, text]) => (
        <button
          key={choice}
          type="button"
          className={styles.toggle}
          aria-pressed={choice === value}
          onClick={() => onChange(choice)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
