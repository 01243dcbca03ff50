import { globSync, readFileSync } from 'node:fs'

/** Sides that do not turn round with the way of reading. */
const SIDED =
  /(?:^|[\s'"`:])(-?(?:ml|mr|pl|pr|left|right|border-l|border-r|rounded-[lr]|rounded-[tb][lr])-[\w[\]./]+|(?:text|float|clear)-(?:left|right))(?=[\s'"`]|$)/

/** A chart runs from left to right in every language. */
const CHARTS = /components\/charts\//

it('knows a side when it sees one', () => {
  for (const bad of ['ml-2', '-left-1', 'text-right', 'sm:pr-4', 'rounded-tl-md']) {
    expect(`<p className="flex ${bad} num">`).toMatch(SIDED)
  }
  for (const good of ['ms-2', '-start-1', 'text-end', 'translate-x-1', 'leading-6']) {
    expect(`<p className="flex ${good} num">`).not.toMatch(SIDED)
  }
})

it('no class names a side: pages read from right to left as well', () => {
  const found = globSync('src/**/*.tsx')
    .filter((file) => !CHARTS.test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => {
          const side = SIDED.exec(line)?.[1]
          return side ? [`${file}:${i + 1} ${side}`] : []
        }),
    )
  expect(found).toEqual([])
})
