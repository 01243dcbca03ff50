import { screen } from '@testing-library/react'

import { Component } from '@/pages/about-page'
import { renderApp } from '@/testing/render'

it('names itself and leads to the help and to the server’s own pages', () => {
  renderApp(<Component />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('About Winnow')
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    '/help',
    '/docs',
    '/api/openapi.json',
  ])
})
