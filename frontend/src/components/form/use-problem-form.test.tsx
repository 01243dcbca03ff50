import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { Form, SubmitButton } from '@/components/form/form'
import { NumberField } from '@/components/form/number-field'
import { TextField } from '@/components/form/text-field'
import { useProblemForm } from '@/components/form/use-problem-form'

function Sample({ send }: { send: (values: unknown) => Promise<unknown> }) {
  const form = useProblemForm({
    defaultValues: { name: 'Dana', limit: 80 },
    alias: { limit_micros: 'limit' },
    onSubmit: send,
  })
  return (
    <Form form={form}>
      <TextField name="name" label="Name" />
      <NumberField name="limit" label="Limit" />
      <SubmitButton>Save</SubmitButton>
    </Form>
  )
}

const refused = (fields: { name: string; message: string }[]) =>
  Object.assign(new Error('Refused.'), { fields })
const save = () => screen.getByRole('button', { name: 'Save' })

it('puts each fault beside its field, the rest at the top, and the first bad field in focus', async () => {
  const send = vi.fn().mockRejectedValue(
    refused([
      { name: 'limit_micros', message: 'At most 50.' },
      { name: 'unseen', message: 'Missing.' },
    ]),
  )
  render(<Sample send={send} />)
  await userEvent.click(save())
  const limit = await screen.findByLabelText('Limit')
  await waitFor(() => expect(limit).toHaveFocus())
  expect(limit).toHaveAccessibleDescription('At most 50.')
  expect(screen.getByLabelText('Name')).not.toHaveAttribute('aria-invalid')
  const top = screen.getByRole('alert')
  expect(top).toHaveTextContent('Refused.')
  expect(top).toHaveTextContent('unseen: Missing.')
  expect(top).not.toHaveTextContent('At most 50.')
})

it('says nothing at the top when every fault stands beside a field', async () => {
  render(<Sample send={() => Promise.reject(refused([{ name: '/name', message: 'Too long.' }]))} />)
  await userEvent.click(save())
  expect(await screen.findByText('Too long.')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})

it('sends once, however often it is pressed', async () => {
  let finish = () => {}
  const send = vi.fn(() => new Promise<void>((done) => (finish = done)))
  render(<Sample send={send} />)
  await userEvent.dblClick(save())
  await waitFor(() => expect(save()).toBeDisabled())
  expect(send).toHaveBeenCalledTimes(1)
  finish()
  await waitFor(() => expect(save()).toBeEnabled())
})
