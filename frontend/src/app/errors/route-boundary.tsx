import { Component, type ReactNode } from 'react'
import { useLocation } from 'react-router'

import { Crash } from '@/features/shell/components/crash'

interface Props {
  children: ReactNode
  /** Where the reader is; somewhere else is a new try. */
  place: string
  onRetry: () => void
}

interface State {
  error: unknown
  broken: boolean
  place: string
}

class Boundary extends Component<Props, State> {
  override state: State = { error: null, broken: false, place: this.props.place }

  static getDerivedStateFromError(error: unknown) {
    return { error, broken: true }
  }

  static getDerivedStateFromProps({ place }: Props, state: State) {
    return place === state.place ? null : { error: null, broken: false, place }
  }

  retry = () => {
    this.props.onRetry()
    this.setState({ error: null, broken: false })
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return <Crash error={this.state.error} onRetry={this.retry} />
  }
}

/** Keeps a page that broke from taking the rest of the app with it; another page is another try. */
export function RouteBoundary({ children, onRetry }: Omit<Props, 'place'>) {
  const { pathname } = useLocation()
  return (
    <Boundary place={pathname} onRetry={onRetry}>
      {children}
    </Boundary>
  )
}
