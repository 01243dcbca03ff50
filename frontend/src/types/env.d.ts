interface ImportMetaEnv {
  /** The API's origin when the app is hosted apart from it, e.g. https://api.example.com. */
  readonly VITE_API_URL?: string
}
