package app

import (
	"context"
	"fmt"
	"runtime"

	"winnow/backend/internal/app/doctor"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/telemetry"
)

// Inspect tells how the product is doing. What it says is masked as logs are: no secret of the settings is in it.
func (a *App) Inspect(ctx context.Context) (httpapi.SystemResponse, error) {
	out := httpapi.SystemResponse{
		Version: a.parts.Server.Version, Go: runtime.Version(), StartedAt: a.startedAt, Redis: a.redis != nil, DataDirFreeBytes: freeBytes(a.Config.Data.Dir),
		Roles: []string{}, Checks: []httpapi.SystemCheck{},
	}
	for _, r := range a.Config.Process.Roles {
		out.Roles = append(out.Roles, string(r))
	}
	var err error
	if out.Database, err = a.inspectDatabase(ctx); err != nil {
		return out, err
	}
	if err := a.count(ctx, &out); err != nil {
		return out, err
	}
	mask := telemetry.Masker(a.Config.Secrets())
	for _, f := range doctor.Running(ctx, a.Config, a.DB, a.parts.Server.UI) {
		out.Checks = append(out.Checks, httpapi.SystemCheck{Name: f.What, OK: f.State != doctor.Fault, State: f.State, Detail: mask(f.Says), Remedy: mask(f.Mend)})
	}
	return out, nil
}

func (a *App) inspectDatabase(ctx context.Context) (httpapi.SystemDatabase, error) {
	out := httpapi.SystemDatabase{Kind: string(a.DB.Dialect)}
	sql := "SELECT sqlite_version() AS version, (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS size_bytes"
	if a.DB.Dialect == db.Postgres {
		sql = "SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size_bytes"
	}
	row := struct {
		Version   string
		SizeBytes int64
	}{}
	if err := a.DB.Read.WithContext(ctx).Raw(sql).Scan(&row).Error; err != nil {
		return out, fmt.Errorf("inspect database: %w", err)
	}
	out.Version, out.SizeBytes = row.Version, row.SizeBytes
	return out, nil
}

func (a *App) count(ctx context.Context, out *httpapi.SystemResponse) error {
	q := a.DB.Read.WithContext(ctx)
	if err := q.Raw("SELECT COUNT(*) FROM leads WHERE deleted_at IS NULL").Scan(&out.Leads).Error; err != nil {
		return fmt.Errorf("count leads: %w", err)
	}
	if err := q.Raw("SELECT COUNT(*) FROM analyses").Scan(&out.Analyses).Error; err != nil {
		return fmt.Errorf("count analyses: %w", err)
	}
	var states []struct {
		State string
		N     int64
	}
	if err := q.Raw("SELECT state, COUNT(*) AS n FROM river_job GROUP BY state").Scan(&states).Error; err != nil {
		return fmt.Errorf("count jobs: %w", err)
	}
	for _, s := range states {
		switch s.State {
		case "available", "pending", "retryable", "scheduled":
			out.Jobs.Queued += s.N
		case "running":
			out.Jobs.Running += s.N
		case "discarded":
			out.Jobs.Failed += s.N
		}
	}
	return nil
}
