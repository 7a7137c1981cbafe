import icon from '../../../../build/icon.svg?no-inline'

/** The app's own icon. It says nothing that the heading beside it does not. */
export function AppMark({ size }: { readonly size: number }) {
  return <img src={icon} width={size} height={size} alt="" draggable={false} />
}
