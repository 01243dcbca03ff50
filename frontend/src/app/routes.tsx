import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'

import { Needs } from '@/app/errors/needs'
import { RouteBoundary } from '@/app/errors/route-boundary'
import { RequireSession, RequireSetup } from '@/app/guards'
import { NotFound } from '@/features/shell/components/not-found'

/** A page whose code is fetched when it is first gone to, and again when that failed. */
function page(load: () => Promise<{ Component: ComponentType }>): ReactNode {
  const fetched = () => lazy(async () => ({ default: (await load()).Component }))
  const current = { Page: fetched() }
  const Shown = () => <current.Page />
  return (
    <RouteBoundary onRetry={() => (current.Page = fetched())}>
      <Suspense>
        <Shown />
      </Suspense>
    </RouteBoundary>
  )
}

const login = page(() => import('@/pages/login-page'))
const accept = page(() => import('@/pages/accept-page'))
const reset = page(() => import('@/pages/reset-page'))
const setup = page(() => import('@/pages/setup-page'))
const home = page(() => import('@/pages/home-page'))
const leads = page(() => import('@/pages/leads-page'))
const lead = page(() => import('@/pages/lead-page'))
const imports = page(() => import('@/pages/imports-page'))
const importNew = page(() => import('@/pages/import-new-page'))
const importOne = page(() => import('@/pages/import-page'))
const batches = page(() => import('@/pages/batches-page'))
const batch = page(() => import('@/pages/batch-page'))
const profile = page(() => import('@/pages/profile-page'))
const help = page(() => import('@/pages/help-page'))
const wizard = page(() => import('@/pages/profile-wizard-page'))
const quality = page(() => import('@/pages/quality-page'))
const duplicates = page(() => import('@/pages/duplicates-page'))
const templates = page(() => import('@/pages/templates-page'))
const about = page(() => import('@/pages/about-page'))
const settings = page(() => import('@/pages/settings-page'))
// The condition is known when building: the kit's code is in no production build.
const kit = import.meta.env.DEV ? page(() => import('@/pages/dev-kit-page')) : null

/** Every address of the app. */
export function AppRoutes() {
  return (
    <BrowserRouter>
      <Routes>
        {kit && <Route path="/dev/kit" element={kit} />}
        <Route path="/login" element={login} />
        <Route path="/accept" element={accept} />
        <Route path="/reset" element={reset} />
        <Route element={<RequireSetup />}>
          <Route path="/setup" element={setup} />
        </Route>
        <Route element={<RequireSession />}>
          <Route path="/" element={home} />
          <Route path="/leads" element={leads} />
          <Route path="/leads/:id" element={lead} />
          <Route path="/imports" element={imports} />
          <Route
            path="/imports/new"
            element={<Needs operation="leads.import">{importNew}</Needs>}
          />
          <Route path="/imports/:id" element={importOne} />
          <Route path="/batches" element={batches} />
          <Route path="/batches/:id" element={batch} />
          <Route path="/profile" element={profile} />
          <Route path="/profile/wizard/:step?" element={wizard} />
          <Route path="/quality" element={quality} />
          <Route path="/duplicates" element={duplicates} />
          <Route path="/templates" element={templates} />
          <Route path="/help/:slug?" element={help} />
          <Route path="/about" element={about} />
          <Route path="/settings/:tab?" element={settings} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}
