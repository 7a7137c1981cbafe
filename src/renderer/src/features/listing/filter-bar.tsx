import { ChevronDown, List, ListTree, X } from 'lucide-react'
import { type MouseEvent, memo, useState } from 'react'
import { typeGroupName } from '../../../../shared/file-types.ts'
import type { Filter, Listing } from '../../../../shared/models/listing.ts'
import { formatCreator } from '../../format/creator.ts'
import { formatNumber } from '../../format/size.ts'
import { isFiltering } from '../../store/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { LazyMenu } from '../../ui/menu.tsx'
import type { MenuAnchor } from '../../ui/popup-menu.tsx'
import styles from './filter-bar.module.css'
import { SearchField } from './search-field.tsx'

type ChipName = 'directories' | 'types' | 'creators'

const chips: readonly { readonly name: ChipName; readonly label: string }[] = [
  { name: 'directories', label: 'Directory' },
  { name: 'types', label: 'Type' },
  { name: 'creators', label: 'Created by' },
]

/** Search and filters, always at hand above the files. */
export const FilterBar = memo(function FilterBar({ platform }: { readonly platform: string }) {
  const filter = useApp((state) => state.listing?.filter)
  const facets = useApp((state) => state.listing?.facets)
  const run = useApp((state) => state.run)
  if (!filter || !facets) return null
  return (
    <search className={styles.bar}>
      <SearchField platform={platform} />
      {chips.map(({ name, label }) => (
        <Chip key={name} name={name} label={label} chosen={filter[name]} offered={facets[name]} />
      ))}
      {isFiltering(filter) && (
        <>
          <IconButton
            label={filter.flat ? 'Show matches in their folders' : 'Show matches as a flat list'}
            isOn={filter.flat}
            icon={filter.flat ? <List size={15} /> : <ListTree size={15} />}
            onPress={() => run('toggle-flat')}
          />
          <IconButton label="Clear search and filters" icon={<X size={15} />} onPress={() => run('clear-filter')} />
        </>
      )}
    </search>
  )
})

type ChipProps = {
  readonly name: ChipName
  readonly label: string
  readonly chosen: Filter[ChipName]
  readonly offered: Listing['facets'][ChipName]
}

function Chip({ name, label, chosen, offered }: ChipProps) {
  const setFilter = useApp((state) => state.setFilter)
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null)
  const words = (value: string) => valueWords(name, value) || 'Unknown'

  const open = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setMenuAt({ x: box.left, y: box.bottom + 2 })
  }
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
    void setFilter({ [name]: next })
  }
  const [first] = chosen
  const more = chosen.length > 1 ? ` +${chosen.length - 1}` : ''

  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={menuAt !== null}
        aria-label={first === undefined ? label : `${label}: ${chosen.map(words).join(', ')}`}
        className={classes(styles.chip, first !== undefined && styles.chosen)}
        onClick={open}
      >
        <span className={styles.words}>{first === undefined ? label : words(first) + more}</span>
        <ChevronDown size={12} aria-hidden />
      </button>
      {menuAt && (
        <LazyMenu
          label={label}
          at={menuAt}
          staysOpen
          groups={[
            {
              choices: offered
                .filter(({ name: value, count }) => count > 0 || chosen.includes(value))
                .map(({ name: value, count }) => ({
                  id: value,
                  label: words(value),
                  checked: chosen.includes(value),
                  note: formatNumber(count),
                })),
            },
          ]}
          onChoose={toggle}
          onClose={() => setMenuAt(null)}
        />
      )}
    </>
  )
}

function valueWords(name: ChipName, value: string): string {
  if (name === 'types') return typeGroupName(value)
  return name === 'creators' ? formatCreator(value) : value
}
