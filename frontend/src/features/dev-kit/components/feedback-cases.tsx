import { Inbox } from 'lucide-react'
import { useState } from 'react'

import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { GradeChip } from '@/components/ui/grade-chip'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { Popover } from '@/components/ui/popover'
import { Progress } from '@/components/ui/progress'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Stat } from '@/components/ui/stat'
import { TabPanel, Tabs } from '@/components/ui/tabs'
import { Tooltip } from '@/components/ui/tooltip'
import { Case } from '@/features/dev-kit/components/case'
import { ChoiceCases } from '@/features/dev-kit/components/control-cases'
import { HOSTILE, LONG, PROBLEM, UNBROKEN } from '@/features/dev-kit/samples'

export function FeedbackCases() {
  return (
    <>
      <Case name="Error: what, why, which fields, request">
        <ErrorState className="w-full" problem={PROBLEM} onRetry={() => Promise.resolve()} />
      </Case>
      <Case name="Error: too many calls, offline, long">
        <ErrorState
          className="w-full"
          problem={{ message: 'Too many calls at once.', status: 429, retryAfterSeconds: 20 }}
          onRetry={() => undefined}
        />
        <ErrorState
          className="w-full"
          problem={{ message: 'The server did not answer.', status: 0, code: 'offline' }}
          onRetry={() => undefined}
        />
        <ErrorState className="w-full" problem={{ message: UNBROKEN, status: 500 }} />
      </Case>
      <Case name="Empty and loading">
        <EmptyState
          icon={<Inbox />}
          title="No leads yet"
          body="Bring in a file, or try with samples."
          action={<Button variant="primary">Import a file</Button>}
        />
        <SkeletonLines className="w-full" />
      </Case>
      <Case name="Callout">
        {(['info', 'good', 'warn', 'bad'] as const).map((tone) => (
          <Callout key={tone} tone={tone} title={tone} className="w-full">
            {HOSTILE}
          </Callout>
        ))}
      </Case>
      <Case name="Toast">
        <Button onClick={() => toast({ title: 'Saved.' })}>Plain</Button>
        <Button
          onClick={() =>
            toast({ title: '12 leads deleted.', undo: () => toast({ title: 'Back.' }) })
          }
        >
          With undo
        </Button>
        <Button onClick={() => toast({ tone: 'bad', title: LONG, detail: UNBROKEN })}>
          Bad, long
        </Button>
      </Case>
      <TabCase />
      <Case name="Small things">
        <Badge>neutral</Badge>
        <Badge tone="good">good</Badge>
        <Badge tone="warn">warn</Badge>
        <Badge tone="bad">bad</Badge>
        <Badge tone="accent">{LONG}</Badge>
        {(['A+', 'A', 'B', 'C', 'D'] as const).map((grade) => (
          <GradeChip key={grade} grade={grade} />
        ))}
        <GradeChip grade={null} />
        <Kbd keys="mod+k" />
        <Avatar name="Dana Whitlock" />
        <Avatar name="lou@example.com" size="lg" />
        <Progress label="Progress" value={40} />
        <Progress label="Unknown" value={null} tone="warn" size="md" />
        <Stat label="Qualified" value="212" note="of 1,240" />
        <Stat label="Coming" value={undefined} />
      </Case>
    </>
  )
}

const TABS = ['First', LONG, 'Third']

function TabCase() {
  const [tab, setTab] = useState(TABS[0]!)
  return (
    <Case name="Tabs">
      <div className="flex w-full">
        <Tabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={TABS.map((value) => ({ value, label: value }))}
        >
          <TabPanel value={tab} className="p-3">
            {tab}
          </TabPanel>
        </Tabs>
      </div>
    </Case>
  )
}

export function LayerCases() {
  const [layer, setLayer] = useState<'dialog' | 'sheet' | null>(null)
  const close = () => setLayer(null)
  return (
    <Case name="Layers">
      <Button onClick={() => setLayer('dialog')}>Dialog</Button>
      <Button onClick={() => setLayer('sheet')}>Sheet</Button>
      <Menu align="start" trigger={<Button>Menu</Button>}>
        <MenuLabel>{LONG}</MenuLabel>
        <MenuItem onSelect={() => toast({ title: 'Chosen.' })}>Choose</MenuItem>
        <MenuSeparator />
        <MenuItem danger disabled onSelect={close}>
          Delete
        </MenuItem>
      </Menu>
      <Popover label="Details" trigger={<Button>Popover</Button>}>
        <Button size="sm">Inside</Button>
      </Popover>
      <Tooltip content={LONG}>
        <Button>Tooltip</Button>
      </Tooltip>
      <Dialog
        open={layer === 'dialog'}
        onClose={close}
        title={LONG}
        description="Choices open above the dialog."
        wide
        footer={
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        }
      >
        <div className="grid gap-4">
          <ChoiceCases />
        </div>
      </Dialog>
      <Sheet open={layer === 'sheet'} onClose={close} title="Details">
        <p>{LONG.repeat(12)}</p>
      </Sheet>
    </Case>
  )
}
