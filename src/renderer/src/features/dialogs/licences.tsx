import { useState } from 'react'
import styles from './licences.module.css'

type LicenceList = typeof import('../../licences.json')

/** The licences of all that the app is made of. Their texts are long, and are fetched when they are opened. */
export function Licences() {
  const [list, setList] = useState<LicenceList | null>(null)
  return (
    <details
      className={styles.licences}
      onToggle={(event) => event.currentTarget.open && void import('../../licences.json').then(setList)}
    >
      <summary>Licences</summary>
      {list && (
        <ul className={styles.list}>
          {list.packages.map(({ name, version, licence, text }) => (
            <li key={`${name} ${version}`}>
              <details>
                <summary>
                  {name} {version} <span className={styles.licence}>{licence}</span>
                </summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reached by keyboard */}
                <pre className={styles.text} tabIndex={0} data-selectable>
                  {list.texts[text]}
                </pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
