import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { ErrorState } from '@/components/feedback/error-state'

interface Props {
  children: ReactNode
}

/** Keeps a page that broke from taking the rest of the app with it. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const detail = error instanceof Error ? error.message : undefined
  return (
    <div className="mx-auto w-full max-w-lg p-6">
      <ErrorState
        problem={{ message: t('error.page'), detail }}
        onRetry={() => window.location.reload()}
      />
    </div>
  )
}
