import { Component, type ReactNode } from 'react'

type BoundaryProps = { readonly children: ReactNode; readonly onProblem: (sentence: string) => void }

/** Keeps a view that broke on its content from taking the window with it. React asks for a class here. */
export class PreviewBoundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidCatch(): void {
    this.props.onProblem('This file could not be displayed.')
    this.setState({ isBroken: false })
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children
  }
}
