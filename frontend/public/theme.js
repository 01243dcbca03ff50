// Runs before the first paint so that a dark page never flashes white. A file
// of its own because the content security policy forbids inline scripts.
;(function () {
  var choice = 'system'
  try {
    choice = localStorage.getItem('winnow.theme') || 'system'
  } catch {
    // Storage may be blocked; the system's choice holds then.
  }
  var dark =
    choice === 'dark' ||
    (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
