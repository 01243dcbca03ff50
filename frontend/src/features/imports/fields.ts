/** A field's name as people read it. */
export function fieldName(field: string): string {
  return field.replace(/^custom\./, '').replaceAll('_', ' ')
}
