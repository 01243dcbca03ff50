import { type ComponentProps, createContext, type ReactNode, use } from 'react'
import { type FieldValues, FormProvider } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import { ErrorState } from '@/components/feedback/error-state'
import type { ProblemForm } from '@/components/form/use-problem-form'
import { Button } from '@/components/ui/button'
import { cn } from '@/utils/cn'

interface FormState {
  pending: boolean
  shown: Set<string>
}

export const FormContext = createContext<FormState | null>(null)

interface FormProps<T extends FieldValues> extends Omit<
  ComponentProps<'form'>,
  'onSubmit' | 'form'
> {
  form: ProblemForm<T>
  children: ReactNode
}

/** Draws a useProblemForm: what no field shows stands at its top. */
export function Form<T extends FieldValues>({ form, className, children, ...rest }: FormProps<T>) {
  const { pending, shown, problem, submit, setElement } = form
  return (
    <FormProvider {...form.form}>
      <FormContext value={{ pending, shown }}>
        <form
          {...rest}
          noValidate
          ref={setElement}
          onSubmit={(event) => void submit(event)}
          className={cn('flex flex-col gap-4', className)}
        >
          {problem && (
            <div tabIndex={-1} data-form-problem className="outline-none">
              <ErrorState problem={problem} />
            </div>
          )}
          {children}
        </form>
      </FormContext>
    </FormProvider>
  )
}

/** The form's one primary button; busy while the form is being sent. */
export function SubmitButton(props: ComponentProps<typeof Button>) {
  const state = use(FormContext)
  return <Button variant="primary" {...props} type="submit" busy={props.busy || state?.pending} />
}

/** A fault as text: our own checks name a catalogue key, the server sends words. */
export function useFaultWords(): (message: string | undefined) => string | undefined {
  const { t, i18n } = useTranslation()
  return (message) => (message && i18n.exists(message) ? t(message as never) : message)
}
