import { useQuery } from '@tanstack/react-query'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Switch } from '@/components/ui/switch'
import { Loaded } from '@/features/settings/components/query-panel'
import { useSaveWorkspace, workspaceQuery } from '@/features/settings/workspace-queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

interface WorkspaceSwitchProps {
  name: 'ai_allowed' | 'auto_analyze'
  label: string
  note: string
}

/** One of the workspace's switches; it works at once. */
export function WorkspaceSwitch({ name, label, note }: WorkspaceSwitchProps) {
  const can = useCan()
  const workspace = useQuery({ ...workspaceQuery, enabled: can('settings.get') })
  const save = useSaveWorkspace()
  const once = useOnce()
  if (!can('settings.get')) return null
  return (
    <Loaded query={workspace}>
      {(settings) => (
        <div className="flex flex-col gap-2 px-4 py-3">
          <div className="flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <p className="text-sm font-medium">{label}</p>
              <p className="text-sm text-ink-2">{note}</p>
            </div>
            <span className="pt-0.5">
              <Switch
                label={label}
                checked={(save.isPending ? save.variables[name] : undefined) ?? settings[name]}
                disabled={!can('settings.update') || save.isPending}
                onCheckedChange={once((on: boolean) =>
                  // The fault is shown below.
                  save
                    .mutateAsync({ version: settings.version, [name]: on })
                    .catch(() => undefined),
                )}
              />
            </span>
          </div>
          {save.error && <ErrorState problem={toProblem(save.error)} />}
        </div>
      )}
    </Loaded>
  )
}
