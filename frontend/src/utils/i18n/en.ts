// The English catalogue: one file for each part of the app, so that its words are found where one looks for them.
import about from '@/utils/i18n/en/about.json'
import analyse from '@/utils/i18n/en/analyse.json'
import analyzer from '@/utils/i18n/en/analyzer.json'
import auth from '@/utils/i18n/en/auth.json'
import batch from '@/utils/i18n/en/batch.json'
import bulk from '@/utils/i18n/en/bulk.json'
import common from '@/utils/i18n/en/common.json'
import company from '@/utils/i18n/en/company.json'
import conflict from '@/utils/i18n/en/conflict.json'
import duplicate from '@/utils/i18n/en/duplicate.json'
import error from '@/utils/i18n/en/error.json'
import estimate from '@/utils/i18n/en/estimate.json'
import event from '@/utils/i18n/en/event.json'
import exporting from '@/utils/i18n/en/export.json'
import filter from '@/utils/i18n/en/filter.json'
import help from '@/utils/i18n/en/help.json'
import history from '@/utils/i18n/en/history.json'
import home from '@/utils/i18n/en/home.json'
import importing from '@/utils/i18n/en/import.json'
import lead from '@/utils/i18n/en/lead.json'
import live from '@/utils/i18n/en/live.json'
import message from '@/utils/i18n/en/message.json'
import nav from '@/utils/i18n/en/nav.json'
import operation from '@/utils/i18n/en/operation.json'
import origin from '@/utils/i18n/en/origin.json'
import palette from '@/utils/i18n/en/palette.json'
import profile from '@/utils/i18n/en/profile.json'
import quality from '@/utils/i18n/en/quality.json'
import samples from '@/utils/i18n/en/samples.json'
import score from '@/utils/i18n/en/score.json'
import settings from '@/utils/i18n/en/settings.json'
import shortcut from '@/utils/i18n/en/shortcut.json'
import status from '@/utils/i18n/en/status.json'
import table from '@/utils/i18n/en/table.json'
import template from '@/utils/i18n/en/template.json'
import theme from '@/utils/i18n/en/theme.json'
import timeline from '@/utils/i18n/en/timeline.json'
import toast from '@/utils/i18n/en/toast.json'
import ui from '@/utils/i18n/en/ui.json'
import view from '@/utils/i18n/en/view.json'
import wizard from '@/utils/i18n/en/wizard.json'

export const en = {
  about,
  analyse,
  analyzer,
  auth,
  batch,
  bulk,
  common,
  conflict,
  company,
  duplicate,
  error,
  estimate,
  event,
  export: exporting,
  filter,
  help,
  history,
  home,
  import: importing,
  lead,
  live,
  message,
  nav,
  operation,
  origin,
  palette,
  profile,
  quality,
  samples,
  score,
  settings,
  shortcut,
  status,
  table,
  template,
  theme,
  timeline,
  toast,
  ui,
  view,
  wizard,
}
