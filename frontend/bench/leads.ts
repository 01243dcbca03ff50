import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

const FIRST =
  'Asha Ben Carla Deepak Elif Farid Gita Hugo Indira Jonas Kavya Liam Meera Nils Olga Priya'
const LAST =
  'Anand Baker Costa Desai Evans Fischer Gupta Hansen Iyer Jain Kumar Lopez Mehta Novak Okoro'
const TRADE =
  'Auto Parts|Ceramics|Chemicals|Fasteners|Foods|Packaging|Plastics|Pumps|Textiles|Tools'
const TITLE =
  'Owner|CEO|Director|Operations Manager|Purchase Manager|Accountant|Consultant|Student|'
const SOURCE = 'linkedin|reddit|indiamart|google_maps|website|trade_fair'
const PLACE = 'Dubai, UAE|Pune, India|Leeds, UK|Porto, Portugal|Austin, USA|Gdansk, Poland'
const TAG = 'vip|fair|warm|cold|2025|reorder'
const NEED = [
  'Our stock never matches the register and we shipped nine wrong orders last month.',
  'Dispatch is always late and customers cancel; we do sixty orders a day.',
  'Payments are stuck with dealers and nobody follows up.',
  'Looking for an order management system, budget about 500 a month, before January.',
  'We still keep every order in a spreadsheet and lose two hours a day.',
  'Nobody knows what is in which branch until somebody drives there.',
  'Just reading along, no need at the moment.',
  'We moved to a new ERP last year and everything works now.',
]

/** Small, seeded, the same on every machine. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Writes a file of invented leads, no two alike. */
export async function writeLeads(path: string, count: number, seed: number): Promise<void> {
  const next = random(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!
  const [firsts, lasts] = [FIRST.split(' '), LAST.split(' ')]
  const [trades, titles, sources, places, tags] = [TRADE, TITLE, SOURCE, PLACE, TAG].map((text) =>
    text.split('|'),
  ) as [string[], string[], string[], string[], string[]]
  const file = createWriteStream(path)
  file.write('Name,Job Title,Company,E-mail,Source,Location,Tags,Post\n')
  for (let i = 0; i < count; i++) {
    const company = `${pick(lasts)} ${pick(trades)} ${Math.floor(next() * 40_000)}`
    const post = `${pick(NEED)} ${pick(NEED)} We also ship to ${pick(places)}.`.replaceAll('"', "'")
    const row = [
      `${pick(firsts)} ${pick(lasts)}`,
      pick(titles),
      company,
      `lead${i}@firm${i % 60_000}.example`,
      pick(sources),
      `"${pick(places)}"`,
      pick(tags),
      `"${post}"`,
    ].join(',')
    if (!file.write(row + '\n')) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
