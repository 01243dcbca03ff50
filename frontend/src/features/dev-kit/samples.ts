/** What people really paste in: long, right to left, hostile, empty. */
export const LONG =
  'Westmere Animal Nutrition and Grain Handling Partners (Holdings) Limited, '.repeat(4) +
  'the end.'
export const UNBROKEN = 'Donaudampfschifffahrtsgesellschaft'.repeat(9)
export const ARABIC = 'شركة الشحن والتخزين المتحدة للتجارة'
export const HOSTILE = '<img src=x onerror=alert(1)> & "quotes"'

export const FRUIT = ['Apple', 'Birne', 'Cerise', 'Durian', 'Éclair', LONG, ARABIC].map(
  (label, i) => ({
    value: `f${i}`,
    label,
    disabled: i === 3,
    note: i === 1 ? 'German' : undefined,
  }),
)

export const PROBLEM = {
  message: 'The budget could not be saved: the month allows less than the day.',
  status: 400,
  requestId: '0193f2a1-77aa-7c01-9f00-000000000042',
  fields: [
    { name: 'limit_micros', message: 'At most 50 USD.' },
    { name: 'scope', message: 'Choose a day or a month.' },
  ],
}
