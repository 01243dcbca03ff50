// Runs before the first paint so that a dark page never flashes white and rows
// do not change their height. A file of its own because the content security
// policy forbids inline scripts.
;(function () {
  function stored(name) {
    try {
      return localStorage.getItem('winnow.' + name)
    } catch {
      // Storage may be blocked; the defaults hold then.
      return null
    }
  }
  var choice = stored('theme')
  var dark =
    choice === 'dark' ||
    (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  var root = document.documentElement.dataset
  root.theme = dark ? 'dark' : 'light'
  root.density = stored('density') === 'compact' ? 'compact' : 'comfortable'
})()
