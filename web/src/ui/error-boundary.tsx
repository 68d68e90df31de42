import { Component, type ReactNode } from 'react'
import { Failure } from './notices.tsx'

interface Props {
  readonly children: ReactNode
}

/** A page that breaks leaves the frame around it standing. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <Failure error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}
