import { Modal, type ModalProps } from '@/components/ui/modal'
import { cn } from '@/utils/cn'

/** A question or a short form over the page. */
export function Dialog({ wide, ...rest }: ModalProps & { wide?: boolean }) {
  return (
    <Modal
      {...rest}
      className={cn(
        'max-h-[min(720px,calc(100dvh-24px))] w-[calc(100vw-24px)] overflow-hidden rounded-lg border border-line bg-surface p-0 shadow-pop open:flex open:animate-rise',
        wide ? 'max-w-2xl' : 'max-w-md',
      )}
    />
  )
}
