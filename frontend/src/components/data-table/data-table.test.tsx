import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useMemo } from 'react'

import { DataTable } from '@/components/data-table/data-table'
import { useRowSelection } from '@/components/data-table/use-row-selection'
import { renderApp } from '@/testing/render'

const ROWS = Array.from({ length: 5 }, (_, i) => ({ id: `r${i}` }))
const IDS = ROWS.map((row) => row.id)
const drawn = vi.fn()

function Sample() {
  const selection = useRowSelection(IDS)
  const columns = useMemo(
    () => [
      {
        id: 'id',
        header: 'Id',
        cell: ({ row }: { row: { id: string } }) => {
          drawn(row.id)
          return row.id
        },
      },
    ],
    [],
  )
  return (
    <DataTable
      label="Rows"
      columns={columns}
      rows={ROWS}
      rowId={(row) => row.id}
      rowLabel={(row) => row.id}
      total={5}
      sort={[]}
      onSort={() => undefined}
      selection={selection}
      onOpen={() => undefined}
      loading={false}
      hasMore={false}
      onMore={() => undefined}
      card={() => null}
    />
  )
}

it('draws only the row whose selection changed', async () => {
  // jsdom lays nothing out; the window of rows needs a height.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800)
  renderApp(<Sample />)
  await screen.findByText('r3')
  drawn.mockClear()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select r2' }))
  expect(screen.getByRole('row', { selected: true })).toHaveTextContent('r2')
  expect(drawn.mock.calls.flat()).toEqual(['r2'])
})
