import type { ImportPreview } from '@/api/contract'

/** The first rows as they were read, so that a wrong encoding or delimiter shows at once. */
export function DecodedRows({ preview, label }: { preview: ImportPreview; label: string }) {
  return (
    <div className="max-h-80 overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="min-w-full text-xs">
        <thead className="sticky top-0 bg-bg">
          <tr>
            {preview.columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                className="h-7 border-b border-line px-3 text-left font-medium whitespace-nowrap text-ink-3"
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, i) => (
            <tr key={i}>
              {preview.columns.map((column, j) => (
                <td
                  key={column.header}
                  className="h-7 max-w-64 truncate border-b border-line px-3 whitespace-nowrap"
                >
                  {row[j]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
