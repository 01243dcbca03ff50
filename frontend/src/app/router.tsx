import { createBrowserRouter } from 'react-router'

import { ErrorPage, NotFoundPage } from '@/app/error-page'
import { RequireSession, RequireSetup } from '@/app/guards'

/** Every address of the app. Pages load when they are first gone to. */
export function createRouter() {
  return createBrowserRouter([
    {
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <></>,
      children: [
        { path: '/login', lazy: () => import('@/pages/login-page') },
        { path: '/accept', lazy: () => import('@/pages/accept-page') },
        { path: '/reset', lazy: () => import('@/pages/reset-page') },
        {
          element: <RequireSetup />,
          children: [{ path: '/setup', lazy: () => import('@/pages/setup-page') }],
        },
        {
          element: <RequireSession />,
          children: [
            {
              errorElement: <ErrorPage />,
              children: [
                { path: '/', lazy: () => import('@/pages/home-page') },
                { path: '/leads', lazy: () => import('@/pages/leads-page') },
                { path: '/leads/:id', lazy: () => import('@/pages/lead-page') },
                { path: '/imports', lazy: () => import('@/pages/imports-page') },
                { path: '/imports/new', lazy: () => import('@/pages/import-new-page') },
                { path: '/imports/:id', lazy: () => import('@/pages/import-page') },
                { path: '/batches', lazy: () => import('@/pages/batches-page') },
                { path: '/batches/:id', lazy: () => import('@/pages/batch-page') },
                { path: '/profile', lazy: () => import('@/pages/profile-page') },
                { path: '/settings/:tab?', lazy: () => import('@/pages/settings-page') },
                { path: '*', element: <NotFoundPage /> },
              ],
            },
          ],
        },
      ],
    },
  ])
}
