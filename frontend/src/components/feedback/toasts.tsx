import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useTranslation } from 'react-i18next'

import { dismissToast, undoToast, useToasts } from '@/components/feedback/toast'
import { Button, IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/utils/cn'

/** Where toasts appear; mounted once. Radix announces them in a live region. */
export function Toasts() {
  const { t } = useTranslation()
  const shown = useToasts()
  return (
    <Toast.Provider duration={6000} label={t('toast.region')}>
      {shown.map((item) => (
        <Toast.Root
          key={item.id}
          onOpenChange={(open) => !open && dismissToast(item.id)}
          type={item.tone === 'bad' ? 'foreground' : 'background'}
          duration={item.undo ? 9000 : 6000}
          className={cn(
            'flex animate-rise items-center gap-3 rounded-lg border bg-surface py-2 ps-3 pe-2 shadow-pop',
            item.tone === 'bad' ? 'border-bad/40' : 'border-line',
          )}
        >
          <div className="min-w-0 flex-1">
            <Toast.Title className="text-sm font-medium break-words">{item.title}</Toast.Title>
            {item.detail && (
              <Toast.Description className="text-xs break-words text-ink-2">
                {item.detail}
              </Toast.Description>
            )}
          </div>
          {item.undo && (
            <Toast.Action
              asChild
              altText={t('toast.undoHint')}
              onClick={() => void undoToast(item.id)}
            >
              <Button size="sm">
                {t('common.undo')}
                <span aria-hidden className="pointer-coarse:hidden">
                  <Kbd keys="mod+z" />
                </span>
              </Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton label={t('common.close')}>
              <X />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed end-4 bottom-[calc(1rem+var(--foot,0px))] z-[60] flex w-96 max-sm:bottom-[calc(0.75rem+var(--foot,57px))] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Toast.Provider>
  )
}
