import { Modal, type ModalProps } from '@/components/ui/modal'
import { cn } from '@/utils/cn'

/** Details beside the page, from its far edge; the whole width on a phone. */
export function Sheet({ wide, ...rest }: ModalProps & { wide?: boolean }) {
  return (
    <Modal
      {...rest}
      className={cn(
        'ms-auto me-0 my-0 h-dvh max-h-dvh w-full overflow-hidden border-s border-line bg-surface p-0 shadow-pop open:flex open:animate-rise',
        wide ? 'max-w-3xl' : 'max-w-md',
      )}
    />
  )
}
