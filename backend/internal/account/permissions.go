package account

// Permissions is the one table of who may do what: operation → permission. A route whose operation is missing here keeps
// the server from starting. To add an operation, add a line; nothing else decides.
func Permissions() map[string]Permission {
	var (
		everybody = []Role{RoleViewer, RoleUser, RoleAdmin}
		workers   = []Role{RoleUser, RoleAdmin}
		admins    = []Role{RoleAdmin}
		public    = Permission{Public: true}
		own       = Permission{Roles: everybody} // one's own account; never by key
	)
	return map[string]Permission{
		// first run, signing in, one's own account
		"setup.get":          public,
		"setup.create":       public,
		"auth.login":         public,
		"auth.refresh":       public,
		"auth.logout":        public,
		"auth.reset":         public,
		"auth.reset_confirm": public,
		"auth.accept":        public,
		"auth.logout_all":    own,
		"auth.password":      own,
		"me.get":             {Roles: everybody, Scope: AnyScope},
		"me.preferences":     own,
		"permissions.list":   {Roles: everybody, Scope: AnyScope},
		"sessions.list":      own,
		"sessions.revoke":    own,
		"api_keys.list":      own,
		"api_keys.create":    own,
		"api_keys.revoke":    own,

		"users.list":       {Roles: everybody, Scope: ScopeAdmin}, // names for owner pickers
		"users.invite":     {Roles: admins},
		"users.update":     {Roles: admins},
		"users.delete":     {Roles: admins},
		"users.reset_link": {Roles: admins},

		"leads.list":          {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.get":           {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.provenance":    {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.timeline":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.related":       {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.filter_fields": {Roles: everybody, Scope: ScopeLeadsRead},
		"leads.export":        {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.export_chosen": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.create":        {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.update":        {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.delete":        {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.claim":         {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.bulk":          {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.bulk_undo":     {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.merge":         {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},  // leads that the caller may change, every one
		"duplicates.list":     {Roles: everybody, Scope: ScopeLeadsRead, Owned: true}, // pairs of which the caller sees both leads
		"duplicates.get":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"duplicates.judge":    {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"duplicates.bulk":     {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"duplicates.sweep":    {Roles: workers, Scope: ScopeLeadsWrite},
		"duplicates.swept":    {Roles: everybody, Scope: ScopeLeadsRead},
		"duplicates.policy":   {Roles: everybody, Scope: ScopeLeadsRead},
		"duplicates.decide":   {Roles: admins, Scope: ScopeAdmin},                     // what is merged without a person's word
		"companies.pairs":     {Roles: everybody, Scope: ScopeLeadsRead, Owned: true}, // pairs of which the caller sees a lead of each
		"companies.judge":     {Roles: admins, Scope: ScopeLeadsWrite},                // companies are shared by all
		"companies.merges":    {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"companies.undo":      {Roles: admins, Scope: ScopeLeadsWrite},
		"merges.list":         {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.merges":        {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"merges.get":          {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"merges.undo":         {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"merges.bulk_undo":    {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"merges.redo":         {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.restore":       {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"leads.estimate":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"leads.analyze":       {Roles: workers, Scope: ScopeBatchesRun, Owned: true},
		"leads.batch_analyze": {Roles: workers, Scope: ScopeBatchesRun, Owned: true},

		"sources.kinds":  {Roles: everybody, Scope: ScopeLeadsRead},
		"sources.list":   {Roles: everybody, Scope: ScopeLeadsRead}, // secrets masked
		"sources.get":    {Roles: everybody, Scope: ScopeLeadsRead},
		"sources.runs":   {Roles: everybody, Scope: ScopeLeadsRead},
		"sources.create": {Roles: admins, Scope: ScopeAdmin},
		"sources.update": {Roles: admins, Scope: ScopeAdmin},
		"sources.delete": {Roles: admins, Scope: ScopeAdmin},
		"sources.try":    {Roles: admins, Scope: ScopeAdmin},
		"sources.run":    {Roles: admins, Scope: ScopeAdmin},
		"sources.stop":   {Roles: admins, Scope: ScopeAdmin},

		"views.list":   {Roles: everybody, Scope: ScopeLeadsRead, Owned: true}, // one's own and the shared ones
		"views.create": {Roles: everybody, Scope: ScopeLeadsWrite, Owned: true},
		"views.update": {Roles: everybody, Scope: ScopeLeadsWrite, Owned: true}, // one's own; admins also shared ones
		"views.delete": {Roles: everybody, Scope: ScopeLeadsWrite, Owned: true},

		"analyses.list":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"analyses.what_if":   {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"analyses.correct":   {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},
		"analyses.uncorrect": {Roles: workers, Scope: ScopeLeadsWrite, Owned: true},

		"corrections.export": {Roles: admins, Scope: ScopeLeadsRead},

		"messages.get":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"messages.versions": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"messages.draft":    {Roles: workers, Scope: ScopeMessagesWrite, Owned: true},
		"messages.update":   {Roles: workers, Scope: ScopeMessagesWrite, Owned: true},

		"templates.list":    {Roles: everybody, Scope: ScopeLeadsRead},
		"templates.create":  {Roles: workers, Scope: ScopeMessagesWrite},
		"templates.update":  {Roles: workers, Scope: ScopeMessagesWrite},
		"templates.delete":  {Roles: workers, Scope: ScopeMessagesWrite},
		"templates.preview": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true}, // shows a lead's values

		"batches.list":          {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"batches.get":           {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"batches.failures":      {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"batches.results":       {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"batches.log":           {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"batches.pause":         {Roles: workers, Scope: ScopeBatchesRun, Owned: true},
		"batches.resume":        {Roles: workers, Scope: ScopeBatchesRun, Owned: true},
		"batches.cancel":        {Roles: workers, Scope: ScopeBatchesRun, Owned: true},
		"batches.retry":         {Roles: workers, Scope: ScopeBatchesRun, Owned: true},
		"batches.retry_failure": {Roles: workers, Scope: ScopeBatchesRun, Owned: true},

		"leads.import":    {Roles: workers, Scope: ScopeImportsWrite, Owned: true},
		"imports.list":    {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"imports.get":     {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"imports.rejects": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"imports.rows":    {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"imports.run":     {Roles: workers, Scope: ScopeImportsWrite, Owned: true},
		"imports.dry_run": {Roles: workers, Scope: ScopeImportsWrite, Owned: true},
		"imports.pause":   {Roles: workers, Scope: ScopeImportsWrite, Owned: true},
		"imports.resume":  {Roles: workers, Scope: ScopeImportsWrite, Owned: true},
		"imports.file":    {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},

		"imports.undo_plan": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"imports.undo":      {Roles: workers, Scope: ScopeImportsWrite, Owned: true},

		"samples.load":   {Roles: workers, Scope: ScopeImportsWrite},
		"samples.delete": {Roles: workers, Scope: ScopeImportsWrite},

		"profile.get":       {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.versions":  {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.version":   {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.schema":    {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.preview":   {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"profile.templates": {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.validate":  {Roles: everybody, Scope: ScopeLeadsRead},
		"profile.update":    {Roles: admins, Scope: ScopeProfileWrite},
		"profile.restore":   {Roles: admins, Scope: ScopeProfileWrite},
		"profile.apply":     {Roles: admins, Scope: ScopeProfileWrite},

		"settings.get":       {Roles: everybody, Scope: ScopeLeadsRead},
		"settings.update":    {Roles: admins, Scope: ScopeAdmin},
		"settings.ai_get":    {Roles: everybody, Scope: ScopeLeadsRead},
		"settings.ai_update": {Roles: admins, Scope: ScopeAdmin},
		"settings.ai_test":   {Roles: admins, Scope: ScopeAdmin},
		"settings.ai_models": {Roles: admins, Scope: ScopeAdmin},
		"system.get":         {Roles: admins, Scope: ScopeAdmin},
		"budgets.list":       {Roles: everybody, Scope: ScopeLeadsRead},
		"budgets.update":     {Roles: admins, Scope: ScopeAdmin},

		"analytics.overview": {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"analytics.quality":  {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
		"ws.connect":         {Roles: everybody, Scope: ScopeLeadsRead, Owned: true},
	}
}
