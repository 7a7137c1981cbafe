import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/** A component whose code is fetched when it is first drawn, or earlier by `load`. */
export type LoadedLater<Props> = ComponentType<Props> & { readonly load: () => Promise<unknown> }

/**
 * Makes a component whose code is not in the window's first JavaScript; `meanwhile` stands in its place until it is there.
 *
 * React's own `lazy` suspends once even for code that is there, and then shows what it waited for a third of a second
 * late, lest things flicker. A key press is not to wait for that.
 */
export function loadedLater<Props extends object>(
  fetchCode: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): LoadedLater<Props> {
  let known: ComponentType<Props> | null = null
  const load = async () => {
    known ??= await fetchCode()
    return known
  }

  function Later(props: Props) {
    const [Chosen, setChosen] = useState(() => known)
    useEffect(() => {
      if (Chosen) return
      let isGone = false
      load().then(
        (loaded) => isGone || setChosen(() => loaded),
        // Thrown while drawing, so that whoever watches over this place hears of it.
        (thrown: unknown) =>
          isGone ||
          setChosen(() => {
            throw thrown
          }),
      )
      return () => {
        isGone = true
      }
    }, [Chosen])
    return Chosen ? <Chosen {...props} /> : meanwhile
  }
  return Object.assign(Later, { load })
}
